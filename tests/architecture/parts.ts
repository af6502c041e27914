import type { AnyOperation } from '#platform/operations/operation.ts'
import { handlersOf, type Part, type Server } from '#platform/part.ts'

export type Api = { folder: string; api: Record<string, unknown> }

/** Whether the folders' `api.ts` and the parts that serve them fit together. */
export function partFindings(apis: readonly Api[], parts: readonly Part[]): string[] {
  return apis.flatMap(({ folder, api }) => {
    const name = folder.split('/').at(-1)!
    const part = parts.find((part) => part.api === api)
    if (!part) return `${folder}/api.ts is served by no part: add the folder's part to app/domains.ts`
    return [
      ...(part.name === name ? [] : [`${folder}'s part is called ${part.name}: call it ${name}`]),
      ...operationsOf(api).flatMap(([exported, op]) => operationFindings(`${folder}/api.ts: ${exported}`, op, name, part)),
      ...strangers(part, api).map((op) => `${folder} handles ${op.method} ${op.path}, which its api.ts does not export: export it there`),
    ]
  })
}

function operationFindings(what: string, op: AnyOperation, name: string, part: Part): string[] {
  const count = handlersIn(part).filter((handler) => handler.op === op).length
  return [
    ...(op.path.startsWith(`/${name}/`) ? [] : [`${what} has the path ${op.path}: begin it with /${name}/`]),
    ...(count === 1 ? [] : [`${what} has ${count} handlers: write one in its server.ts`]),
  ]
}

// Which operations there are does not depend on the server that runs them.
const handlersIn = (part: Part) => handlersOf(part, {} as Server)

const operationsOf = (api: Api['api']) =>
  Object.entries(api).filter((entry): entry is [string, AnyOperation] => {
    const value = entry[1] as Partial<AnyOperation> | null
    return typeof value === 'object' && value !== null && typeof value.path === 'string' && typeof value.method === 'string'
  })

const strangers = (part: Part, api: Api['api']) =>
  handlersIn(part)
    .map(({ op }) => op)
    .filter((op) => !Object.values(api).includes(op))
