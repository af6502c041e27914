import { Link, useParams } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useRead } from '#platform/web/read.ts'
import { readGroup } from '../../api/groups.ts'
import { Joined } from './joined.tsx'
import { Taught } from './taught.tsx'
import './groups.css'

export type Group = OutputOf<typeof readGroup>
export type Assignment = Group['assignments'][number]

export function GroupPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const group = useRead(readGroup, { id })
  return group.part === 'teacher' ? <Taught group={group} /> : <Joined group={group} />
}

export const allGroups = <Link to="/practice/groups">Groups</Link>
export const nameOf = ({ first_name, last_name }: { first_name: string; last_name: string }) => `${first_name} ${last_name}`.trim()
