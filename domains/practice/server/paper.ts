import * as z from 'zod/mini'
import { isZone } from '#platform/identity/account/zone.ts'
import { handle } from '#platform/operations/handle.ts'
import { takeResult } from '../api/paper.ts'
import { readResult } from '../api/results.ts'
import { asResult } from './results.ts'

/** A result to take along. What is in it is decided where the page's is: by private.see_result. */
export const paper = [
  handle(takeResult, async ({ input: { zone, ...which }, db, refuse }) => {
    if (!isZone(zone)) return refuse('no_such_zone')
    const [row] = await db.rows('private.see_result', which)
    if (!row) return refuse('result_not_found')
    const result = z.parse(readResult.output, asResult(row))
    if (result.markscheme === null) return refuse('not_yet')
    const [formats, scales, domains] = await db.all(
      db.selectFrom('practice.formats').select(['name', 'rating']).where('id', '=', result.format),
      db.selectFrom('practice.format_scales').select(['domain', 'points']).where('format', '=', result.format).orderBy('position'),
      db.selectFrom('practice.domains').select(['key', 'name']),
    )
    const { drawn } = await import('../paper.ts') // a tenth of a second and more, which else every start would take
    const pdf = await drawn({ result, markscheme: result.markscheme, format: formats[0]!, scales, domains, zone })
    return { name: `${result.case_name}, ${result.began_at.slice(0, 10)}.pdf`, pdf: pdf.toString('base64') }
  }),
]
