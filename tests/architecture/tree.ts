import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'

export type File = { file: string; text: string }

const ignored = ['.git', ...readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean)].map((name) =>
  name.replace(/\/$/, ''),
)

/** Every file of the repository by its path from the root, and the folders that hold nothing. */
export function tree(folder = '.'): { files: File[]; empty: string[] } {
  const files: File[] = []
  const empty: string[] = []
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true })
  if (entries.length === 0) empty.push(folder)
  for (const entry of entries) {
    const file = path.join(folder, entry.name)
    if (ignored.some((pattern) => path.matchesGlob(entry.name, pattern))) continue
    if (!entry.isDirectory()) {
      files.push({ file, text: readFileSync(path.join(root, file), 'utf8') })
      continue
    }
    const within = tree(file)
    files.push(...within.files)
    empty.push(...within.empty)
  }
  return { files, empty }
}

export const isCode = ({ file }: File) => /\.(?:ts|tsx|mjs|js)$/.test(file)
