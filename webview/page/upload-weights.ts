import { askedFile } from "./given-file";

const KINDS = ".h5,.hdf5,.keras";

/** Asks for a file with weights by the browser's own dialog and hands it to the server; false where a person goes away. @throws Error with what the server says */
export async function uploadWeights(): Promise<boolean> {
  const file = await askedFile(KINDS);
  if (!file) return false;
  const address = new URL("weights", location.href);
  address.search = new URLSearchParams({ token: new URLSearchParams(location.search).get("token") ?? "", name: file.name }).toString();
  const answer = await fetch(address, { method: "POST", body: file });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return true;
}
