/** A refusal of the command, told as NO. */
export class No extends Error {}

/** Something that this server does not know, told as BAD. */
export class Unsupported extends Error {}
