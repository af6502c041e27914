import path from 'node:path'
import type { File } from './tree.ts'

// app → domains → platform. Tests and scripts may look anywhere; nothing that is shipped looks at them.

export function arrowFindings({ file, text }: File): string[] {
  return specifiers(text).flatMap((specifier) => {
    const target = targetOf(file, specifier)
    if (target === undefined || target.endsWith('.json')) return []
    const [here, there] = [placeOf(file), placeOf(target)]
    if (specifier.startsWith('.') && here !== there)
      return `${file} reaches ${specifier} by a path that leaves ${here}: write '#${target}', so that the arrow shows`
    const why = forbidden(layerOf(file), layerOf(target), here === there)
    return why ? `${file} imports ${specifier}: ${why}` : []
  })
}

/** What a module names: imports, re-exports, dynamic imports, and files it starts as a worker. */
export function specifiers(text: string): string[] {
  const code = text.replace(/^\s*(?:\/\/|\/\*|\*).*$/gm, '')
  return forms.flatMap((form) => [...code.matchAll(form)].map(([, , specifier]) => specifier!))
}
const forms = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(.+?)\1/gm,
  /^\s*import\s*(['"])(.+?)\1/gm,
  /\bimport\s*\(\s*(['"`])(.+?)\1/g,
  /\bnew URL\(\s*(['"`])(\..+?)\1\s*,\s*import\.meta\.url/g,
]

// A package of npm or Node has none.
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return path.join(path.dirname(file), specifier)
  return undefined
}

// Within it, files know each other by relative paths: an organ, a domain, or a folder at the top.
function placeOf(file: string): string {
  const [top, folder, ...rest] = file.split('/')
  return (top === 'platform' || top === 'domains') && rest.length > 0 ? `${top}/${folder}` : top!
}

type Layer = 'platform' | 'domains' | 'app' | 'scripts' | 'tests'
const layerOf = (file: string): Layer => (file.split('/').includes('tests') ? 'tests' : (file.split('/')[0] as Layer))

function forbidden(from: Layer, to: Layer, samePlace: boolean): string | undefined {
  if (from === 'tests' || from === 'scripts') return undefined
  if (to === 'tests' || to === 'scripts') return 'what is shipped knows neither tests nor scripts'
  if (from === 'platform' && to !== 'platform')
    return 'the platform knows no domain and no app; move the idea down, or compose the two in app/'
  if (from === 'domains' && !samePlace && to !== 'platform')
    return 'a domain knows the platform and itself; what two share moves down as an idea, or is composed in app/'
  return undefined
}
