import type { WebPart } from '#platform/web/part.ts'

export const push: WebPart = {
  pages: {},
  words: {
    not_a_push_service: 'Your browser named a push service at an address that is not one of the open internet, so it cannot be used.',
    only_browsers_are_poked: 'You are signed in here as a program is. Sign in as usual, then turn it on.',
    too_many_browsers: 'You are told on ten devices already. Turn one of them off first.',
    no_such_browser: 'It is off there already.',
    browser_says_no: 'Your browser said no, so it stays off. You can allow notifications in its settings.',
    browser_was_not_answered: 'Your browser asked whether it may, and got no answer, so it stays off. Turn it on again and choose “Allow”.',
    no_worker_here: 'This browser keeps no part of Vivavoce, as in some private windows, so it cannot be woken up.',
    no_push_service:
      'Your browser could not reach the push service of its maker. Some browsers have it switched off, and some networks close the way; try again elsewhere.',
    nothing_is_on: 'No device of yours is on, or all are paused, so nothing was sent.',
  },
}
