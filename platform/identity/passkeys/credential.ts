import * as z from 'zod/mini'

// What the browser gives for a passkey (WebAuthn, 5.1: PublicKeyCredential.toJSON). Its meaning is the library's to check, byte
// for byte; here it is only what it must be to be handed on.
const base64url = (longest: number) => z.string().check(z.maxLength(longest), z.regex(/^[\w-]*={0,2}$/))
const common = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.optional(z.nullable(z.string().check(z.maxLength(40)))),
  clientExtensionResults: z.optional(z.unknown()),
}

export const Registered = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(10_000),
    attestationObject: base64url(50_000),
    transports: z.optional(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(10))),
  }),
})
export const Proof = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(10_000),
    authenticatorData: base64url(10_000),
    signature: base64url(10_000),
    userHandle: z.optional(z.nullable(base64url(200))),
  }),
})
export type Registered = z.output<typeof Registered>
export type Proof = z.output<typeof Proof>
