import type { PersonHooks } from '../person-hooks.ts'

/** In plain words: what is in it, what is not, and what stays when somebody leaves. */
export function readmeOf(written: readonly string[], people: readonly PersonHooks[]): string {
  const keeps = people.flatMap(({ name, keeps }) => (keeps === undefined ? [] : `${name}: ${keeps}`))
  return `Your data at Vivavoce
=====================

This is a copy of everything that Vivavoce keeps of you, made at your wish or at that of somebody who administrates the place.
Keep it somewhere safe: whoever has it can read it.

What is in it
-------------

${written.map((name) => `- ${name}.json, and beside it a folder with your files, if there are any`).join('\n')}

The .json files are text. Any editor or browser opens them; programs can read them too. Times are in UTC. A file holds lists,
each with a name that says what it is; whatever you have nothing of is left out.

What is not in it
-----------------

- Passwords and keys, which we do not keep in a form that anybody could read.
- What belongs to other people, such as what they wrote about you to us. Of them you find numbers at most.

What stays if you leave
-----------------------

If you have your account erased, everything in here goes, but for this:

${keeps.length === 0 ? '(nothing)' : keeps.join('\n\n')}
`
}
