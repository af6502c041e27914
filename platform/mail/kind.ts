// A kind of mail is a value of whoever sends it. People choose by kind what they want to get.
export type Kind = {
  /** `<part>.<what>` */
  name: string
  /** Sent whatever a person prefers: what guards their account, or what they must know. */
  mandatory: boolean
  /** Sent to nobody who did not ask for it: who says nothing does not get it. Whoever sends it looks who asked (`wanted`). */
  onlyIfAsked?: true
  /** What mails of this kind tell, for the page where people choose: "Reminders of what you planned". */
  says: string
}

export function mailKind(written: Kind): Kind {
  if (!/^[a-z]+\.[a-z0-9-]+$/.test(written.name)) throw new Error(`the kind of mail ${written.name} must be named <part>.<what>`)
  return written
}

export function mailKinds(kinds: readonly Kind[]): Map<string, Kind> {
  const named = new Map<string, Kind>()
  for (const kind of kinds) {
    if (named.has(kind.name)) throw new Error(`two kinds of mail are named ${kind.name}`)
    named.set(kind.name, kind)
  }
  return named
}
