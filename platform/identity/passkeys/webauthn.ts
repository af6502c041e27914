/** Loaded when somebody first uses a passkey: it is three hundred modules, a quarter of what the server reads when it starts. */
export const webauthn = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server')
