import { useSuspenseQuery } from '@tanstack/react-query'
import { auth } from '../gotrue.ts'

// The account as GoTrue's protocol tells it: what no operation of ours does.
export const myUser = { path: '/auth/v1/user' }

export type Factor = { id: string; friendly_name?: string; status: 'verified' | 'unverified'; created_at: string }
type User = { email: string; new_email?: string; factors?: Factor[] }

export const useUser = (): User => useSuspenseQuery({ queryKey: [myUser.path], queryFn: () => auth<User>('GET', '/user') }).data
