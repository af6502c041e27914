import type { OutputOf } from '#platform/operations/operation.ts'
import { call } from '#platform/operations/call.ts'
import { useMe } from '#platform/web/me.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import type { Fields } from '#platform/web/parts/form.tsx'
import { useRead } from '#platform/web/read.ts'
import { appear, readProfile } from '../../api/profile.ts'
import './appear.css'

type Profile = NonNullable<OutputOf<typeof readProfile>['profile']>

/** Whether somebody has never said how they appear here: the form in which they first offer or sit down asks for it. */
export const useIsNew = (): boolean => useRead(readProfile, {}).profile === null

/** How one appears to others: filled in from the account, as long as nobody has said otherwise. */
export function AppearFields({ profile }: { profile?: Profile }) {
  const { name } = useMe()
  const [first = '', ...last] = name.replace(/^(?:dr|prof|mr|mrs|ms|miss)\.? /i, '').split(/\s+/)
  return (
    <>
      <TextField
        name="first_name"
        label="First name"
        maxLength={60}
        autoComplete="given-name"
        defaultValue={profile?.first_name ?? first}
        help="The only name that people without an account see."
      />
      <TextField
        name="last_name"
        label="Last name"
        maxLength={60}
        autoComplete="family-name"
        defaultValue={profile?.last_name ?? last.join(' ')}
        optional
      />
      <TextField
        name="training_level"
        label="Where you are in your training"
        maxLength={60}
        defaultValue={profile?.training_level}
        help="Such as: foundation year 2. Only you see it."
      />
    </>
  )
}

/** The same where somebody came for something else: why it is asked stands above it. */
export const AppearFirst = ({ says = 'Asked once, for all of Practice.' }: { says?: string }) => (
  <fieldset className="appear">
    <legend>How you appear to others here</legend>
    <p>{says}</p>
    <AppearFields />
  </fieldset>
)

export const appearanceOf = ({ first_name = '', last_name = '', training_level = '' }: Fields) => ({
  first_name,
  last_name,
  training_level,
})

/** Whoever was asked how they appear has it said first, then what they came for. */
export const appearThen =
  <I, O>(isNew: boolean, then: (input: I) => Promise<O>) =>
  async ({ fields, input }: { fields?: Fields; input: I }): Promise<O> => {
    if (isNew && fields) await call(appear, appearanceOf(fields))
    return then(input)
  }
