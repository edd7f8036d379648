// The same grants as a Terraform module: an application without a secret, its app roles, and the role for Azure.
import { KEY_GIVING_READS } from './arm-calls'
import { appRoles, azureActions, KEY_VAULT_READER } from './grants-needed'
import type { AzureSettings } from './settings'

type Given = Partial<AzureSettings>
const quoted = (text: string): string => JSON.stringify(text)
const list = (texts: readonly string[], indent: string): string =>
  ['[', ...texts.map((text) => `${indent}  ${quoted(text)},`), `${indent}]`].join('\n')

const APPLICATION = `resource "azuread_application" "rollcall" {
  display_name = "Rollcall inventory"
}

resource "azuread_service_principal" "rollcall" {
  client_id = azuread_application.rollcall.client_id
}

locals {
  principal = azuread_service_principal.rollcall.object_id
}`

const FEDERATED = `variable "issuer" {
  description = "Issuer of the cluster Rollcall runs in."
  type        = string
}

variable "subject" {
  description = "Its service account: system:serviceaccount:<namespace>:<name>."
  type        = string
}

resource "azuread_application_federated_identity_credential" "rollcall" {
  application_id = azuread_application.rollcall.id
  display_name   = "rollcall"
  issuer         = var.issuer
  subject        = var.subject
  audiences      = ["api://AzureADTokenExchange"]
}`

const MANAGED = `variable "principal" {
  description = "Object (principal) id of the managed identity of the machine Rollcall runs on."
  type        = string
}

locals {
  principal = var.principal
}`

const CERTIFICATE = `variable "certificate" {
  description = "The certificate in PEM, without its private key."
  type        = string
}

resource "azuread_application_certificate" "rollcall" {
  application_id = azuread_application.rollcall.id
  type           = "AsymmetricX509Cert"
  value          = var.certificate
}`

const SECRET = `# Make the secret by hand (az ad app credential reset): Terraform would keep its value in the state.`

function identity({ login }: Given): string[] {
  if (login?.method === 'managed-identity') return [MANAGED]
  if (login?.method === 'certificate') return [APPLICATION, CERTIFICATE]
  return login?.method === 'client-secret' ? [APPLICATION, SECRET] : [APPLICATION, FEDERATED]
}

const graph = (settings: Given): string => `data "azuread_service_principal" "graph" {
  client_id = "00000003-0000-0000-c000-000000000000"
}

resource "azuread_app_role_assignment" "rollcall" {
  for_each = toset(${list(
    appRoles(settings).map(({ name }) => name),
    '  ',
  )})
  app_role_id         = data.azuread_service_principal.graph.app_role_ids[each.value]
  principal_object_id = local.principal
  resource_object_id  = data.azuread_service_principal.graph.object_id
}`

const azure = (
  settings: Given,
  { role, root }: Names,
): string => `resource "azurerm_role_definition" "rollcall" {
  name              = ${quoted(role)}
  scope             = ${quoted(root)}
  assignable_scopes = [${quoted(root)}]
  permissions {
    actions = ${list(
      azureActions(settings).map(({ name }) => name),
      '    ',
    )}
    not_actions = ${list(KEY_GIVING_READS, '    ')}
  }
}

resource "azurerm_role_assignment" "rollcall" {
  scope              = ${quoted(root)}
  role_definition_id = azurerm_role_definition.rollcall.role_definition_resource_id
  principal_id       = local.principal
}`

const vaults = ({ root }: Names): string => `resource "azurerm_role_assignment" "rollcall_key_vaults" {
  scope                = ${quoted(root)}
  role_definition_name = ${quoted(KEY_VAULT_READER.name)}
  principal_id         = local.principal
}`

type Names = { role: string; root: string }
export const terraform = (settings: Given, names: Names): string =>
  [
    ...identity(settings),
    graph(settings),
    azure(settings, names),
    ...(settings.keyVaultObjects === true ? [vaults(names)] : []),
  ].join('\n\n')
