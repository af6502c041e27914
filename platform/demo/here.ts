import type { Configuration } from '#platform/configuration/environment.ts'
import { isLoopback, isPersonal } from '#platform/operations/here.ts'

type Asked = Pick<Configuration, 'demo' | 'host' | 'production' | 'publicUrl'>

// PUBLIC_URL counts too: behind a proxy that rewrites Host and forwards no header, everybody seems to sit at the machine.
/** Whether this server may show a demo world at all. */
export const mayHaveDemo = ({ demo, publicUrl, ...own }: Asked) => demo && isPersonal(own) && isLoopback(new URL(publicUrl).hostname)
