import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration as Client,
} from 'openid-client'
import type { Provider } from '#platform/configuration/providers.ts'

// What a provider says of itself (OpenID Connect Discovery) is asked for when somebody first goes there, and anew after an hour.
const lasts = 60 * 60 * 1_000
const patience = 10 // seconds, for each question to a provider

export type Providers = { names: string[]; client(name: string): Promise<Client> | undefined }

export function providers(configured: readonly Provider[]): Providers {
  const asked = new Map<string, { at: number; client: Promise<Client> }>()

  function ask(provider: Provider): Promise<Client> {
    const { name } = provider
    const client = discover(provider)
    const entry = { at: Date.now(), client }
    asked.set(name, entry)
    client.catch(() => asked.get(name) === entry && asked.delete(name)) // whoever waits hears of it; the next one asks again
    return client
  }

  return {
    names: configured.map(({ name }) => name),
    client(name) {
      const provider = configured.find((provider) => provider.name === name)
      const before = asked.get(name)
      return before && before.at > Date.now() - lasts ? before.client : provider && ask(provider)
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: Provider): Promise<Client> {
  const onThisMachine = issuer.startsWith('http:') ? [allowInsecureRequests] : [] // only loopback may be (configuration/providers.ts)
  // Without it the library takes TLS for the proof of who made an id token, and leaves its signature alone.
  const execute = [...onThisMachine, enableNonRepudiationChecks]
  return discovery(new URL(issuer), clientId, clientSecret, provingBy(clientSecret), { execute, timeout: patience })
}

/** Our secret goes where the provider says it reads it; in the header, if it says nothing (OpenID Connect Discovery, 3). */
function provingBy(clientSecret: string): ClientAuth {
  const [inBody, inHeader] = [ClientSecretPost(clientSecret), ClientSecretBasic(clientSecret)]
  return (provider, ...request) => {
    const reads = provider.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (reads.includes('client_secret_basic') ? inHeader : inBody)(provider, ...request)
  }
}
