import type { Rules } from '#tests/rules/written.ts'

export const rules: Rules = {
  'mail.preferences': {
    authenticated: { select: 'every column', insert: ['kind', 'wanted'], update: ['wanted'] },
    service_role: { select: 'every column' },
  },
  'mail.messages': {
    service_role: {
      select: 'every column',
      update: ['state', 'code', 'attempts', 'sent_at', 'address', 'subject', 'text', 'html', 'calendar'],
      delete: true,
    },
  },
  'private.mail_is_done()': [],
  'private.write_mail(uuid,text,boolean,text,text,text,uuid,text,text)': ['service_role'],
  'private.erase_mail(uuid)': ['service_role'],
}
