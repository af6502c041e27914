import type { Content } from './content.ts'

/** A mail as plain text. What is clicked or copied stands on a line of its own, so that nothing sticks to it. */
export function textOf({ greeting, paragraphs, action, code, footnote }: Content): string {
  const parts = [greeting, ...paragraphs, code && `    ${code}`, action && `${action.label}:\n${action.url}`, footnote, '-- \nVivavoce']
  return `${parts.filter((part) => part).join('\n\n')}\n`
}
