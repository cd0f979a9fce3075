/** A document that only opens with a password. */
export class ClosedFile extends Error {}
