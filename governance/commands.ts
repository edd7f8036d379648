// Every command there is, so that one test can try each as every role, and an API can list them.
import { checkAccess } from './connections/check-access'
import { connectSource } from './connections/connect-source'
import { deleteConnection } from './connections/delete-connection'
import { pauseConnection, resumeConnection } from './connections/pause-connection'
import { updateConnection } from './connections/update-connection'
import { closeCampaign } from './campaigns/close-campaign'
import { createCampaign, discardCampaign, editCampaign } from './campaigns/create-campaign'
import { decide, undoDecision } from './campaigns/decide'
import { addAddendum, extendCampaign } from './campaigns/extend-campaign'
import { publishCampaign } from './campaigns/publish-campaign'
import { reassign } from './campaigns/reassign'
import { claimApplied } from './campaigns/remediations'
import { giveSecondLook, settleDifference } from './campaigns/second-look'
import { sealCampaign, signOff } from './campaigns/sign-off'
import { prepareCampaign, redraftCampaign } from './campaigns/start-preparing'
import type { Command } from './command'
import { askException } from './exceptions/ask-exception'
import { approveException, refuseException } from './exceptions/decide-exception'
import { endException, withdrawException } from './exceptions/end-exception'
import { beginImport } from './imports/begin-import'
import { confirmImport } from './imports/confirm-import'
import { discardImport } from './imports/discard-import'
import { createMember } from './members/create-member'
import { deactivateMember } from './members/deactivate-member'
import { reactivateMember } from './members/reactivate-member'
import { setMemberPassword } from './members/set-member-password'
import { setMemberRole } from './members/set-member-role'
import { restorePolicy, savePolicy } from './policy/save-policy'
import { cancelRun } from './runs/cancel-run'
import { requestSync } from './runs/request-sync'
import { retryRun } from './runs/retry-run'
import { addSample } from './sample/add-sample'
import { removeSample } from './sample/remove-sample'
import { setRetention } from './settings/set-retention'
import { setTriage } from './triage/set-triage'
import { undoTriage } from './triage/undo-triage'
import { createToken } from './tokens/create-token'
import { revokeToken } from './tokens/revoke-token'

export const COMMANDS: readonly Command[] = [
  addAddendum,
  addSample,
  approveException,
  askException,
  beginImport,
  cancelRun,
  checkAccess,
  claimApplied,
  closeCampaign,
  confirmImport,
  connectSource,
  createCampaign,
  createMember,
  createToken,
  deactivateMember,
  decide,
  deleteConnection,
  discardCampaign,
  discardImport,
  editCampaign,
  endException,
  extendCampaign,
  giveSecondLook,
  pauseConnection,
  prepareCampaign,
  publishCampaign,
  reactivateMember,
  reassign,
  redraftCampaign,
  refuseException,
  removeSample,
  requestSync,
  restorePolicy,
  resumeConnection,
  retryRun,
  revokeToken,
  savePolicy,
  sealCampaign,
  setMemberPassword,
  setMemberRole,
  setRetention,
  setTriage,
  settleDifference,
  signOff,
  undoDecision,
  undoTriage,
  updateConnection,
  withdrawException,
]
