import { word } from './cast.ts'
import { answering, failing, filling, first, pressing, refused, ticking, until, type Scene } from './scene.ts'

const account = { Name: 'Nadia Farouk', 'E-mail': 'nadia.farouk@vivavoce.test', Password: 'three-lamps-by-the-river' }

export const entryScenes: Scene[] = [
  { name: 'Sign in', page: '/sign-in' },
  { name: 'Sign in where there is no demo world', page: '/sign-in', given: answering('/api/demo/people', { people: [] }) },
  {
    name: 'Sign in refused',
    page: '/sign-in',
    does: first(filling({ 'E-mail': 'hana.novotna@vivavoce.test', Password: 'not the right one' }), pressing('Sign in'), refused),
  },
  {
    name: 'Sign in when our side fails',
    page: '/sign-in',
    given: failing('/auth/v1/token*'),
    does: first(filling({ 'E-mail': 'hana.novotna@vivavoce.test', Password: 'the right one' }), pressing('Sign in'), refused),
  },
  { name: 'Second factor', page: '/sign-in/second-factor', who: 'half' },
  { name: 'Sign up', page: '/sign-up' },
  {
    name: 'Sign up refused',
    page: '/sign-up',
    does: first(filling({ ...account, Password: 'password1' }), ticking('I am 18 or older'), pressing('Make my account'), refused),
  },
  {
    name: 'Sign up, then the mail',
    page: '/sign-up',
    does: first(filling(account), ticking('I am 18 or older'), pressing('Make my account'), until('Look into your mail')),
  },
  { name: 'Forgot', page: '/forgot' },
  {
    name: 'Forgot, then the mail',
    page: '/forgot',
    does: first(filling({ 'E-mail': 'hana.novotna@vivavoce.test' }), pressing('Send me the mail'), until('Look into your mail')),
  },
  { name: 'New password', page: '/new-password', who: 'person' },
  { name: 'Confirm the address', page: '/auth/confirm', at: '/auth/confirm?token_hash=x&type=signup' },
  {
    name: 'Link that is not good any more',
    page: '/auth/confirm',
    at: '/auth/confirm?token_hash=x&type=magiclink',
    does: first(pressing('Sign me in'), until('not good any more')),
  },
  { name: 'Change of the address', page: '/auth/confirm', at: '/auth/confirm?token_hash=x&type=email_change' },
  { name: 'Back from a provider, not let in', page: '/auth/done', at: '/auth/done?error=access_denied' },
  {
    name: 'Back from a provider that was not linked',
    page: '/auth/done',
    at: '/auth/done?linking=yes&error=access_denied',
    who: 'person',
  },
  { name: 'Eighteen', page: '/auth/adult' },
  { name: 'Set up', page: '/setup', at: '/setup?token=x' },
  {
    name: 'Set up refused',
    page: '/setup',
    at: '/setup?token=x',
    who: 'newcomer',
    does: first(pressing('Become the administrator'), refused),
  },
  { name: 'Set up is done', page: '/setup', at: '/setup?token=x', who: 'administrator' },
  { name: 'Invited', page: '/join', at: `/join?invitation=${word}` },
  { name: 'Invited with an account', page: '/join', at: `/join?invitation=${word}`, who: 'newcomer' },
  { name: 'Invitation that does not work', page: '/join', at: '/join?invitation=x' },
  { name: 'Staying', page: '/stay', at: `/stay?token=${word}` },
  { name: 'Staying refused', page: '/stay', at: '/stay?token=x', does: first(pressing('Keep my account'), refused) },
]
