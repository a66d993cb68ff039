/** Something the user can mend: a file, a name or a probe that cannot be used. The message is one sentence: what, where, what to do. */
export class UserError extends Error {
  override readonly name = "UserError";
}
