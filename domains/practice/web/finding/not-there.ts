/** For pages and forms of a session: by the same name /auth/v1 says that nobody is signed in any more, which is what all others are told. */
export const notThere = { session_not_found: 'This session is not there any more, or not for you. Its host may have withdrawn it.' }
