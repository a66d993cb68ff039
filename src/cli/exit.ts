/** Exit status of the program, as other programs rely on it. */
export const EXIT = {
  /** The probe passed. */
  passed: 0,
  /** The probe was refused or failed; the report came all the same. */
  refused: 1,
  /** The command or the file was unusable; one line on standard error says what and what to do. */
  unusable: 2,
} as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
