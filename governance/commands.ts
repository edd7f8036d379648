// Every command there is, so that one test can try each as every role, and an API can list them.
import { askRequest } from './audits/ask-request'
import { answerItem, commentItem } from './audits/comment'
import { closeAudit, createAudit, editAudit } from './audits/create-audit'
import { drawSample } from './audits/sampling/draw-sample'
import { judgeItem, prepareItem } from './audits/set-status'
import { addChannel } from './channels/add-channel'
import { removeChannel } from './channels/remove-channel'
import { switchChannel } from './channels/switch-channel'
import { testChannel } from './channels/test-channel'
import { updateChannel } from './channels/update-channel'
import { checkAccess } from './connections/check-access'
import { connectSource } from './connections/connect-source'
import { deleteConnection } from './connections/delete-connection'
import { pauseConnection, resumeConnection } from './connections/pause-connection'
import { updateConnection } from './connections/update-connection'
import { closeCampaign } from './campaigns/close-campaign'
import { createCampaign, discardCampaign, editCampaign } from './campaigns/create-campaign'
import { decide, undoDecision } from './campaigns/decide'
import { leaveWaiting, setEventPolicy } from './campaigns/events/event-policy'
import { addAddendum, extendCampaign } from './campaigns/extend-campaign'
import { publishCampaign } from './campaigns/publish-campaign'
import { reassign } from './campaigns/reassign'
import { claimApplied } from './campaigns/remediations'
import { sendLink } from './campaigns/links/send-link'
import { giveSecondLook, settleDifference } from './campaigns/second-look'
import { sealCampaign, signOff } from './campaigns/sign-off'
import { splitLoad } from './campaigns/split-load'
import { prepareCampaign, redraftCampaign } from './campaigns/start-preparing'
import type { Command } from './command'
import { importPeople } from './directory/import-people'
import { changeGroup, deprovisionGroup, provisionGroup } from './directory/scim/provision-group'
import { changeUser, deprovisionUser, provisionUser } from './directory/scim/provision-user'
import { askException } from './exceptions/ask-exception'
import { approveException, refuseException } from './exceptions/decide-exception'
import { endException, withdrawException } from './exceptions/end-exception'
import { beginImport } from './imports/begin-import'
import { confirmImport } from './imports/confirm-import'
import { discardImport } from './imports/discard-import'
import { createMember } from './members/create-member'
import { deactivateMember } from './members/deactivate-member'
import { limitMember } from './members/limit-member'
import { reactivateMember } from './members/reactivate-member'
import { setMemberPassword } from './members/set-member-password'
import { setMemberRole } from './members/set-member-role'
import { retryNotices, withdrawNotices } from './notices/retry-notices'
import { setPreferences, setUsual } from './notices/set-preferences'
import { assignOwner } from './owners/assign-owner'
import { confirmOwner } from './owners/confirm-owner'
import { applyCodeOwners, removeCodeOwners } from './owners/code-owners/apply-code-owners'
import { delegateOwner, endDelegation, resumeDelegation } from './owners/delegate'
import { disputeOwner, settleDispute } from './owners/dispute-owner'
import { applyOwnersFile } from './owners/file/apply-file'
import { transferOwner } from './owners/transfer-owner'
import { undoOwnership } from './owners/undo-ownership'
import { askPack } from './packs/asking/build'
import { cancelPack, removePack } from './packs/asking/cancel'
import { downloadPack } from './packs/asking/download'
import { addDelivery } from './packs/delivery/setting-up/add-delivery'
import {
  changeDelivery,
  pauseDelivery,
  removeDelivery,
  resumeDelivery,
} from './packs/delivery/setting-up/change-delivery'
import { tryDelivery } from './packs/delivery/setting-up/try-delivery'
import { rotateKey } from './packs/keys/rotate-key'
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
  addChannel,
  addAddendum,
  addDelivery,
  addSample,
  applyCodeOwners,
  answerItem,
  applyOwnersFile,
  approveException,
  assignOwner,
  askException,
  askPack,
  askRequest,
  beginImport,
  cancelPack,
  cancelRun,
  changeDelivery,
  changeGroup,
  changeUser,
  checkAccess,
  claimApplied,
  closeAudit,
  closeCampaign,
  commentItem,
  confirmImport,
  confirmOwner,
  connectSource,
  createAudit,
  createCampaign,
  createMember,
  createToken,
  deactivateMember,
  delegateOwner,
  deprovisionGroup,
  deprovisionUser,
  disputeOwner,
  endDelegation,
  decide,
  deleteConnection,
  discardCampaign,
  discardImport,
  downloadPack,
  drawSample,
  editAudit,
  editCampaign,
  endException,
  importPeople,
  extendCampaign,
  giveSecondLook,
  judgeItem,
  leaveWaiting,
  limitMember,
  pauseConnection,
  pauseDelivery,
  prepareCampaign,
  prepareItem,
  provisionGroup,
  provisionUser,
  publishCampaign,
  reactivateMember,
  reassign,
  redraftCampaign,
  refuseException,
  removeChannel,
  removeCodeOwners,
  removeDelivery,
  removePack,
  removeSample,
  requestSync,
  restorePolicy,
  resumeDelegation,
  resumeConnection,
  resumeDelivery,
  retryNotices,
  retryRun,
  revokeToken,
  rotateKey,
  savePolicy,
  sealCampaign,
  sendLink,
  setEventPolicy,
  setMemberPassword,
  setMemberRole,
  setPreferences,
  setRetention,
  setTriage,
  setUsual,
  switchChannel,
  testChannel,
  settleDispute,
  transferOwner,
  tryDelivery,
  undoOwnership,
  settleDifference,
  signOff,
  splitLoad,
  undoDecision,
  undoTriage,
  updateChannel,
  updateConnection,
  withdrawException,
  withdrawNotices,
]
