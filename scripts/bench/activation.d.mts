/** What the extension costs the extension host when it starts, in milliseconds of processor time. @throws when it cannot be activated */
export function activationMs(bundle: string): number;
