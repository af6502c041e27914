/** What is kept, why, and for how long. Each row is a rule of the README named beside it. */
export const DataMap = () => (
  <dl className="data-map">
    {rows.map(([what, why, howLong]) => (
      <div key={what}>
        <dt>{what}</dt>
        <dd>{why}</dd>
        <dd>{howLong}</dd>
      </div>
    ))}
  </dl>
)

const rows = [
  // platform/identity
  [
    'Your account',
    'Your address, name, time zone and picture, and that you are 18 or older: so that you can sign in, and others know whom they meet.',
    'Until you delete your account.',
  ],
  [
    'How you sign in',
    'Your password as a hash, the public halves of passkeys, sealed secrets of authenticators: so that nobody else can be you.',
    'Until you remove them, or delete your account.',
  ],
  [
    'Where you are signed in',
    'When, with which kind of device, and from which address on the network: so that you can see and end it.',
    'Until you sign out; 30 days without use, 90 days in any case.',
  ],
  [
    'Attempts to sign in',
    'How often something was tried, by a word that names nobody: so that nobody guesses your password.',
    'Some hours.',
  ],
  // platform/mail
  [
    'Mails to you',
    'What we wrote to you, until your mail’s server has it: so that it arrives.',
    'Then only that there was one, of which kind and when: 90 days. One that could not be sent: a week.',
  ],
  // platform/notices
  [
    'Notices',
    'That something is ready or was done for you, and how you want to be told.',
    'Half a year; your choices until you delete your account.',
  ],
  // platform/push
  [
    'Where your browsers are reached',
    'If you turn it on: an address at the push service of your browser’s maker. They learn that we woke your browser up and when, never why or what for.',
    'Until you turn it off or sign out there.',
  ],
  // platform/files
  ['Files', 'What you upload, for what you upload it for.', 'Until you remove them, or delete your account. Exports: one week.'],
  // platform/safety
  [
    'Blocks and reports',
    'Whom you do not want to meet, and what you told us about others: so that people are safe from each other.',
    'Blocks and words go with your account; that there was a report, its kind and what was decided stay, without a name.',
  ],
  // platform/audit
  [
    'The record',
    'Who did what to whose data, by numbers and without names: so that it can be shown and checked.',
    'For good, without your name or address.',
  ],
  // platform/operations/log
  [
    'The log',
    'Which page was asked for, how it was answered and how long it took; never what you typed, and not your address.',
    'As long as whoever runs this place keeps their logs.',
  ],
] as const
