import type { readSystem } from '#platform/operations/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'

export type System = OutputOf<typeof readSystem>
export type Concern = { is: 'bad' | 'warn'; says: string; to?: string; link?: string }

/** What somebody should see to, the worst first: what it is, what it means, what to do. */
export function concernsOf(system: System, now = Date.now()): Concern[] {
  const { jobs, audit, mail, database, disk, tls, personal, administrators } = system
  const since = (at: string | null) => (at === null ? Infinity : (now - new Date(at).getTime()) / 1_000)
  const all: (Concern | false)[] = [
    since(jobs.counted_at) > 120 && {
      is: 'bad',
      says: 'No server has done any jobs for two minutes: mails, copies and erasures wait. Look into its log, and start it anew.',
    },
    disk.free < 1e9 && {
      is: 'bad',
      says: `Less than a gigabyte is free in ${disk.folder}. Make room before uploads and the database stop.`,
    },
    tls === 'none' &&
      !personal && {
        is: 'bad',
        says: 'People come without encryption: whoever is on the way can read along. Set TLS_CERT and TLS_KEY, or PUBLIC_URL behind a proxy that has them.',
      },
    audit.waiting > 0 &&
      since(audit.waiting_since) > 120 && {
        is: 'bad',
        says: 'The audit has not been sealed for two minutes. Its entries are kept, but nobody would notice if one were changed.',
        to: '/administration/audit',
        link: 'The audit',
      },
    mail.by === 'nowhere' && {
      is: 'bad',
      says: `No mail leaves this place: nobody can confirm an address or get a new password. ${mail.failed > 0 ? `${counted(mail.failed, 'mail was', 'mails were')} given up within the week. ` : ''}Set SMTP_URL and MAIL_FROM, start the server anew, and retry the mails that failed.`,
      to: '/administration/jobs',
      link: 'The failed jobs',
    },
    jobs.dead_letters > 0 && {
      is: 'warn',
      says: `${counted(jobs.dead_letters, 'job has', 'jobs have')} failed for good.`,
      to: '/administration/jobs',
      link: 'See why, and retry',
    },
    since(jobs.oldest_at) > 600 &&
      jobs.oldest_at !== null && {
        is: 'warn',
        says: 'A job has waited for more than ten minutes.',
        to: '/administration/jobs',
        link: 'The jobs',
      },
    mail.failed > 0 &&
      mail.by === 'smtp' && {
        is: 'warn',
        says: `${counted(mail.failed, 'mail was', 'mails were')} refused by the mail server within the week. Check SMTP_URL and MAIL_FROM.`,
      },
    database.connections > 0.8 * database.most_connections && {
      is: 'warn',
      says: `The database has ${database.connections} of at most ${database.most_connections} connections. Lower DATABASE_POOL, or let the database take more.`,
    },
    administrators.filter(({ demo }) => !demo).length === 1 && {
      is: 'warn',
      says: 'You are the only administrator. If you lose your way in, only whoever sits at the machine can make another.',
      to: '/administration/invitations',
      link: 'Invite a second one',
    },
  ]
  return all.filter((concern) => concern !== false)
}

export const counted = (count: number, one: string, many: string) =>
  `${count === 1 ? 'One' : count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

export function inBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 4)
  const value = bytes / 1_000 ** power
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${['bytes', 'kB', 'MB', 'GB', 'TB'][power]}`
}
