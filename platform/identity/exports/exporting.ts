import * as z from 'zod/mini'

/** The job by its name, for whoever sets it going; what it does is in export.ts. */
export const exporting = { name: 'identity.export', data: z.object({ id: z.uuid() }) }
