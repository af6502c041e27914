import type { Rules } from '#tests/rules/written.ts'

export const rules: Rules = {
  'files.objects': {
    authenticated: {
      select: ['id', 'owner_id', 'purpose', 'name', 'state', 'length', 'mime', 'size', 'sha256', 'created_at', 'expires_at', 'lost_at'],
    },
    service_role: { select: 'every column' },
  },
  'private.begin_upload(text,text,bigint)': ['authenticated'],
  'private.finish_upload(uuid,text,text,bigint,text,text)': ['service_role'],
  'private.scanned(uuid,boolean)': ['service_role'],
  'private.keep_file(uuid,uuid,text,text,text,bigint,text,text,timestamp with time zone)': ['service_role'],
  'private.claim_file(uuid,text)': ['authenticated'],
  'private.release_file(uuid)': ['authenticated', 'service_role'],
  'private.remove_file(uuid)': ['authenticated'],
  'private.may_be_handed_out(files.objects)': [],
  'private.may_download(files.objects)': [],
  'private.download(uuid)': ['authenticated'],
  'private.sweep_files(integer)': ['service_role'],
  'private.note_lost_files(uuid[],uuid[])': ['service_role'],
  'private.erase_files(uuid)': ['service_role'],
}
