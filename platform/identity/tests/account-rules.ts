import type { Rules } from '#tests/rules/written.ts'

const people = ['authenticated'] as const
const server = ['service_role'] as const

// Nobody writes an administrator, an invitation or a deletion but through the functions, which ask whether they may.
export const accountRules: Rules = {
  'identity.admins': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.is_admin()': ['authenticated', 'service_role'],
  'private.one_at_a_time()': [],
  'private.administer(text,uuid,text,jsonb)': [],
  'private.name_in(jsonb)': [],
  'private.must_be_here(uuid)': [],
  'private.add_admin(uuid,uuid,text)': [],
  'private.make_admin(uuid,text)': people,
  'private.unmake_admin(uuid,text)': people,
  'private.appoint(text)': [],
  'identity.setup_links': {},
  'private.offer_setup(bytea)': server,
  'private.take_setup_for(bytea,uuid)': server,
  'private.take_setup(bytea)': people,
  'private.find_people(text,text)': people,
  'private.see_person(uuid,text)': people,
  'private.end_sessions(uuid,uuid,uuid)': [],
  'private.end_sessions_of(uuid,text)': people,
  'private.suspend(uuid,text)': people,
  'private.lift_suspension(uuid,text)': people,
  'private.confirm_address(uuid,text)': people,

  'identity.invitations': {
    authenticated: { select: ofAnInvitation() },
    service_role: { select: ofAnInvitation(), update: ['told_at', 'email'] },
  },
  'private.invite(uuid,bytea,text,text,integer,text)': people,
  'private.open_invitation(bytea)': [],
  'private.read_invitation(bytea)': ['anon', 'authenticated'],
  'private.take_invitation_for(bytea,uuid)': server,
  'private.may_join(text,bytea,bytea)': server,
  'private.take_invitation(bytea)': people,
  'private.revoke_invitation(uuid,text)': people,

  'private.my_account()': ['anon', ...people],
  'private.rename_me(text)': people,
  'private.zone_is_real()': [],
  'private.change_my_avatar(uuid)': people,
  'private.may_download_avatar(uuid)': [],
  'private.my_sessions()': people,
  'private.must_have_just_proved()': [],
  'private.end_my_session(uuid)': people,
  'private.end_my_other_sessions()': people,

  'identity.exports': {
    authenticated: { select: ['id', 'user_id', 'for_id', 'requested_at', 'ready_at', 'expires_at', 'bytes'] },
    service_role: { select: 'every column', update: ['ready_at', 'expires_at', 'bytes', 'told_at'], delete: true },
  },
  'private.ask_for_export()': people,
  'private.hand_over(uuid,text,boolean)': people,
  'identity.deletions': {
    authenticated: { select: ['id', 'user_id', 'requested_at', 'erases_at', 'cancelled_at'] },
    service_role: { select: 'every column', update: ['told_at', 'erased_at'] },
  },
  'identity.erased_parts': { service_role: { select: 'every column', insert: ['deletion_id', 'part'] } },
  'private.must_not_administrate(uuid)': [],
  'private.leavers_do_not_administrate()': [],
  'private.ask_for_deletion(uuid,bytea)': people,
  'private.cancel_deletion(bytea)': ['anon', 'authenticated'],
  'private.begin_erasure(uuid,uuid)': [],
  'private.erase_now(uuid,text)': people,
  'private.erase_for_operator(uuid)': server,
  'private.go_on_erasing(uuid)': server,
  'private.may_download_export(uuid)': [],
}

// All but the hash of the link's word.
function ofAnInvitation() {
  return ['id', 'role', 'email', 'made_by', 'made_at', 'expires_at', 'told_at', 'taken_at', 'taken_by', 'revoked_at'] as const
}
