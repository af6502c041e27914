import { Link } from '@tanstack/react-router'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { appear, readProfile } from '../../api/profile.ts'
import { PracticePage } from '../tabs.tsx'
import { AppearFields, appearanceOf } from './appear.tsx'
import './find.css'

/** How one appears to others in practice. */
export function You() {
  return (
    <PracticePage
      title="How you appear"
      above={<Link to="/practice/sessions">My sessions</Link>}
      lead="To those you practise with, and in the list of free seats."
    >
      <Appearance />
    </PracticePage>
  )
}

function Appearance() {
  const { profile } = useRead(readProfile, {})
  const act = useAct(by(appear), { refreshes: [readProfile], onDone: () => say('Saved') })
  return (
    <Form act={act} submit="Save" into={(fields) => ({ ...appearanceOf(fields), avatar: profile?.avatar ?? null })}>
      <AppearFields {...(profile && { profile })} />
    </Form>
  )
}
