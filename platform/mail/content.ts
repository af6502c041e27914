// What a mail says, in plain text: how it looks is the business of text.ts and html.ts. Nothing in here is markup.
export type Content = {
  /** One line of at most 200 characters. */
  subject: string
  /** "Hello Priya," */
  greeting?: string | undefined
  paragraphs: readonly string[]
  /** The one thing to do. */
  action?: { label: string; url: string } | undefined
  /** To be typed elsewhere. */
  code?: string | undefined
  /** What to know besides: how long a link lasts, what to do if somebody else asked for it. */
  footnote?: string | undefined
}
