// The RBAC authorizer of Kubernetes, told again loop by loop without any index, to be compared with the evaluator. Read in
// kubernetes/kubernetes: plugin/pkg/auth/authorizer/rbac/rbac.go, pkg/apis/rbac/v1/evaluation_helpers.go,
// pkg/registry/rbac/validation/rule.go, pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go.

export type PolicyRule = {
  verbs?: string[]
  apiGroups?: string[]
  resources?: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
}
type Meta = { name: string; namespace?: string; uid: string; labels?: Record<string, string> }
export type RoleObject = {
  metadata: Meta
  rules?: PolicyRule[] | null
  aggregationRule?: { clusterRoleSelectors: { matchLabels: Record<string, string> }[] }
}
export type SubjectObject = { kind: string; name: string; namespace?: string; apiGroup?: string }
export type BindingObject = {
  metadata: Meta
  roleRef: { kind: string; name: string; apiGroup?: string }
  subjects?: SubjectObject[] | null
}
export type Objects = {
  roles: RoleObject[]
  clusterRoles: RoleObject[]
  roleBindings: BindingObject[]
  clusterRoleBindings: BindingObject[]
}
export type User = { name: string; groups: string[] }
/** The attributes of a request, as SubjectAccessReview names them. */
export type Attributes = {
  verb: string
  namespace: string
  apiGroup: string
  resource: string
  subresource: string
  name: string
  path: string
  isResourceRequest: boolean
}

function verbMatches(rule: PolicyRule, requestedVerb: string): boolean {
  for (const ruleVerb of rule.verbs ?? []) {
    if (ruleVerb === '*') return true
    if (ruleVerb === requestedVerb) return true
  }
  return false
}

function apiGroupMatches(rule: PolicyRule, requestedGroup: string): boolean {
  for (const ruleGroup of rule.apiGroups ?? []) {
    if (ruleGroup === '*') return true
    if (ruleGroup === requestedGroup) return true
  }
  return false
}

function resourceMatches(rule: PolicyRule, combined: string, requestedSubresource: string): boolean {
  for (const ruleResource of rule.resources ?? []) {
    if (ruleResource === '*') return true
    if (ruleResource === combined) return true
    if (requestedSubresource.length === 0) continue
    if (
      ruleResource.length === requestedSubresource.length + 2 &&
      ruleResource.startsWith('*/') &&
      ruleResource.endsWith(requestedSubresource)
    )
      return true
  }
  return false
}

function resourceNameMatches(rule: PolicyRule, requestedName: string): boolean {
  const names = rule.resourceNames ?? []
  if (names.length === 0) return true
  for (const ruleName of names) if (ruleName === requestedName) return true
  return false
}

function nonResourceURLMatches(rule: PolicyRule, requestedURL: string): boolean {
  for (const ruleURL of rule.nonResourceURLs ?? []) {
    if (ruleURL === '*') return true
    if (ruleURL === requestedURL) return true
    if (ruleURL.endsWith('*')) {
      let trimmed = ruleURL
      while (trimmed.endsWith('*')) trimmed = trimmed.slice(0, -1)
      if (requestedURL.startsWith(trimmed)) return true
    }
  }
  return false
}

function ruleAllows(attributes: Attributes, rule: PolicyRule): boolean {
  if (attributes.isResourceRequest) {
    let combined = attributes.resource
    if (attributes.subresource.length > 0) combined = `${attributes.resource}/${attributes.subresource}`
    return (
      verbMatches(rule, attributes.verb) &&
      apiGroupMatches(rule, attributes.apiGroup) &&
      resourceMatches(rule, combined, attributes.subresource) &&
      resourceNameMatches(rule, attributes.name)
    )
  }
  return verbMatches(rule, attributes.verb) && nonResourceURLMatches(rule, attributes.path)
}

function appliesToUser(user: User, subject: SubjectObject, namespace: string): boolean {
  switch (subject.kind) {
    case 'User':
      return user.name === subject.name
    case 'Group':
      return user.groups.includes(subject.name)
    case 'ServiceAccount': {
      const saNamespace = subject.namespace ? subject.namespace : namespace
      if (saNamespace.length === 0) return false
      return user.name === `system:serviceaccount:${saNamespace}:${subject.name}`
    }
    default:
      return false
  }
}

function rulesOf(objects: Objects, roleRef: BindingObject['roleRef'], namespace: string): PolicyRule[] {
  if (roleRef.kind === 'Role') {
    for (const role of objects.roles)
      if (role.metadata.namespace === namespace && role.metadata.name === roleRef.name)
        return role.rules ?? []
    return []
  }
  if (roleRef.kind === 'ClusterRole')
    for (const role of objects.clusterRoles) if (role.metadata.name === roleRef.name) return role.rules ?? []
  return []
}

/** Whether the server allows it: members of system:masters are let through before RBAC is asked. */
export function authorize(objects: Objects, user: User, attributes: Attributes): boolean {
  if (user.groups.includes('system:masters')) return true
  for (const binding of objects.clusterRoleBindings)
    for (const subject of binding.subjects ?? [])
      if (appliesToUser(user, subject, ''))
        for (const rule of rulesOf(objects, binding.roleRef, ''))
          if (ruleAllows(attributes, rule)) return true
  if (attributes.namespace.length > 0)
    for (const binding of objects.roleBindings) {
      if (binding.metadata.namespace !== attributes.namespace) continue
      for (const subject of binding.subjects ?? [])
        if (appliesToUser(user, subject, attributes.namespace))
          for (const rule of rulesOf(objects, binding.roleRef, attributes.namespace))
            if (ruleAllows(attributes, rule)) return true
    }
  return false
}

/** What the controller fills in: looks again and again, until no role changes. */
export function filledIn(objects: Objects): Objects {
  const clusterRoles = objects.clusterRoles.map((role) => structuredClone(role))
  for (let isChanged = true; isChanged;) {
    isChanged = false
    for (const role of clusterRoles) {
      if (!role.aggregationRule) continue
      const rules: PolicyRule[] = []
      for (const { matchLabels } of role.aggregationRule.clusterRoleSelectors)
        for (const other of [...clusterRoles].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
          if (other.metadata.name === role.metadata.name) continue
          if (Object.entries(matchLabels).some(([key, value]) => other.metadata.labels?.[key] !== value))
            continue
          for (const rule of other.rules ?? [])
            if (!rules.some((one) => JSON.stringify(one) === JSON.stringify(rule))) rules.push(rule)
        }
      if (JSON.stringify(rules) !== JSON.stringify(role.rules ?? [])) {
        role.rules = rules
        isChanged = true
      }
    }
  }
  return { ...objects, clusterRoles }
}

/** Groups that the server puts somebody into: whoever signs in is authenticated, and service accounts are in three. */
export function signedIn(name: string, groups: string[] = []): User {
  if (name === 'system:anonymous') return { name, groups: ['system:unauthenticated'] }
  const [, , namespace] = /^(system:serviceaccount):([^:]+):[^:]+$/.exec(name) ?? []
  const own = namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
  return { name, groups: [...groups, ...own, 'system:authenticated'] }
}
