import type { File } from './tree.ts'

/** All looks of the app come in one file (docs/decisions/0021-few-files.md): a class that two parts say is each other's in both. */
export function looksFindings(files: readonly File[]): string[] {
  const saidBy = new Map<string, Set<string>>()
  for (const { file, text } of files.filter(isOfTheApp))
    for (const name of classesSaid(text)) saidBy.set(name, (saidBy.get(name) ?? new Set()).add(file))
  return [...saidBy].flatMap(([name, [first, ...others]]) =>
    others.some((file) => partOf(file) !== partOf(first!))
      ? [`.${name} is said by ${[first, ...others].join(' and ')}: give one of them another name`]
      : [],
  )
}

const isOfTheApp = ({ file }: File) => /^(?:app|platform|domains)\/.*\/web\/.*\.css$/.test(file) || /^platform\/web\/.*\.css$/.test(file)
const partOf = (file: string) => file.split('/').slice(0, 2).join('/')

// Those that stand alone in a selector, whatever their state: one that is placed within another's is whoever's it lies in.
function classesSaid(css: string): string[] {
  const selectors = css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/([^{};]+)\{/g)
  return [...selectors].flatMap(([, selector = '']) =>
    selector.split(/,(?![^(]*\))/).flatMap((one) => /^\.([\w-]+)(?:\[[^\]]*\]|:(?!has)[\w-]+(?:\([^)]*\))?)*$/.exec(one.trim())?.[1] ?? []),
  )
}
