import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import type { Cast } from '../cast.ts'

type Db = Pick<ClientBase, 'query'>

/** What the organs of the platform have to show. */
export async function showPlatform(db: Db, cast: Cast, now: Date): Promise<void> {
  await administrate(db, cast, now)
  await keepAway(db, cast, now)
  await leaveAnInvitationOpen(db, cast, now)
  await tell(db, cast, now)
}

// Not a real one: an installation still offers its set-up link (private.offer_setup).
const administrate = (db: Db, { ruth }: Cast, now: Date) =>
  db.query(
    `insert into identity.admins (user_id, granted_at, reason, demo) values ($1, $2::timestamptz - interval '20 days', 'of the demo world', true)`,
    [ruth.id, now],
  )

async function keepAway(db: Db, { hana, robin }: Cast, now: Date): Promise<void> {
  await db.query(`insert into safety.blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3::timestamptz - interval '26 hours')`, [
    hana.id,
    robin.id,
    now,
  ])
  await db.query(
    `insert into safety.reports (id, reporter_id, reported_id, subject_kind, subject_id, kind, words, reported_at)
     values ('0dec0de0-0000-4000-8000-000000000101', $1, $2::uuid, 'person', $2::uuid::text, 'spam', $4, $3::timestamptz - interval '25 hours')`,
    [hana.id, robin.id, now, 'Three messages in one evening, all for the same paid course. I asked for them to stop, and a fourth came.'],
  )
}

// Nobody has its link: a word that can be read in this repository must not open a door anywhere.
const leaveAnInvitationOpen = (db: Db, { ruth }: Cast, now: Date) =>
  db.query(
    `insert into identity.invitations (id, token_hash, role, email, made_by, made_at, expires_at)
     values ('0dec0de0-0000-4000-8000-000000000201', $1, 'person', 'yusuf.demir@vivavoce.test', $2,
       $3::timestamptz - interval '2 days', $3::timestamptz + interval '12 days')`,
    [randomBytes(32), ruth.id, now],
  )

const tell = (db: Db, { amara, ruth }: Cast, now: Date) =>
  db.query(
    `insert into notices.notices (id, person_id, kind, title, body, leads_to, made_at, read_at)
     values
       ('0dec0de0-0000-4000-8000-000000000301', $1, 'safety.report-waiting', 'A report waits for an administrator', '',
         '/administration/reports', $3::timestamptz - interval '25 hours', null),
       ('0dec0de0-0000-4000-8000-000000000302', $2, 'identity.zone-set', 'Times are shown as in London',
         'Change the zone in your account when you are elsewhere.', '/account', $3::timestamptz - interval '5 days', null),
       ('0dec0de0-0000-4000-8000-000000000303', $2, 'identity.joined', 'Your account is open',
         'How you sign in, and what you are told by mail, is up to you.', '/account/sign-in',
         $3::timestamptz - interval '8 weeks', $3::timestamptz - interval '8 weeks' + interval '3 minutes')`,
    [ruth.id, amara.id, now],
  )
