import { handleActivateAgent } from './activate-agent.js';
import { handleAnswer } from './answer.js';
import { handleBoot } from './boot.js';
import { handleClaimTask } from './claim-task.js';
import { handleCleanupSessions } from './cleanup-sessions.js';
import { handleCommandSession } from './command-session.js';
import { handleCompleteTask } from './complete-task.js';
import { handleCreateAccount } from './create-account.js';
import { handleCreateKey } from './create-key.js';
import { handleCreateProgram } from './create-program.js';
import { handleCreateSession } from './create-session.js';
import { handleCreateTask } from './create-task.js';
import { handleCreateWebhook } from './create-webhook.js';
import { handleCurrentSession } from './current-session.js';
import { handleDeactivateAgent } from './deactivate-agent.js';
import { handleDeleteWebhook } from './delete-webhook.js';
import { handleExchangeKey } from './exchange-key.js';
import { handleExportAccount } from './export-account.js';
import { handleExtendSession } from './extend-session.js';
import { handleForget } from './forget.js';
import { handleGetAccount } from './get-account.js';
import { handleGetContextHistory } from './get-context-history.js';
import { handleGetContextUtilization } from './get-context-utilization.js';
import { handleGetFleetHealth } from './get-fleet-health.js';
import { handleGetFleetTimeline } from './get-fleet-timeline.js';
import { handleGetMessages } from './get-messages.js';
import { handleGetProgram } from './get-program.js';
import { handleGetProgramState } from './get-program-state.js';
import { handleGetSentMessages } from './get-sent-messages.js';
import { handleGetSession } from './get-session.js';
import { handleGetTask } from './get-task.js';
import { handleGetTasks } from './get-tasks.js';
import type { Handlers } from './handler.js';
import { handleHeartbeat } from './heartbeat.js';
import { handleImportAccount } from './import-account.js';
import { handleInviteMember } from './invite-member.js';
import { handleKillSession } from './kill-session.js';
import { handleListDeliveries } from './list-deliveries.js';
import { handleListDevices } from './list-devices.js';
import { handleListEvents } from './list-events.js';
import { handleListKeys } from './list-keys.js';
import { handleListMembers } from './list-members.js';
import { handleListMemories } from './list-memories.js';
import { handleListPrograms } from './list-programs.js';
import { handleListSessions } from './list-sessions.js';
import { handleListWebhooks } from './list-webhooks.js';
import { handlePingWebhook } from './ping-webhook.js';
import { handleRecall } from './recall.js';
import { handleRegisterDevice } from './register-device.js';
import { handleRemember } from './remember.js';
import { handleRemoveMember } from './remove-member.js';
import { handleResendEvent } from './resend-event.js';
import { handleRestoreSession } from './restore-session.js';
import { handleRetireProgram } from './retire-program.js';
import { handleRevokeKey } from './revoke-key.js';
import { handleRotateKey } from './rotate-key.js';
import { handleSendMessage } from './send-message.js';
import { handleSendToSession } from './send-to-session.js';
import { handleSetMemberRole } from './set-member-role.js';
import { handleSpawnSession } from './spawn-session.js';
import { handleUnclaimTask } from './unclaim-task.js';
import { handleUnregisterDevice } from './unregister-device.js';
import { handleUpdateAccount } from './update-account.js';
import { handleUpdateProgram } from './update-program.js';
import { handleUpdateProgramState } from './update-program-state.js';
import { handleUpdateSession } from './update-session.js';

/** The code of every operation. The type refuses a registry entry without one. */
export const handlers: Handlers = {
  createSession: handleCreateSession,
  updateSession: handleUpdateSession,
  heartbeat: handleHeartbeat,
  listSessions: handleListSessions,
  getSession: handleGetSession,
  restoreSession: handleRestoreSession,
  spawnSession: handleSpawnSession,
  killSession: handleKillSession,
  commandSession: handleCommandSession,
  cleanupSessions: handleCleanupSessions,
  getContextUtilization: handleGetContextUtilization,
  getFleetHealth: handleGetFleetHealth,
  getFleetTimeline: handleGetFleetTimeline,
  getProgramState: handleGetProgramState,
  updateProgramState: handleUpdateProgramState,
  getContextHistory: handleGetContextHistory,
  boot: handleBoot,
  activateAgent: handleActivateAgent,
  currentSession: handleCurrentSession,
  extendSession: handleExtendSession,
  deactivateAgent: handleDeactivateAgent,
  remember: handleRemember,
  recall: handleRecall,
  answer: handleAnswer,
  listMemories: handleListMemories,
  forget: handleForget,
  sendMessage: handleSendMessage,
  sendToSession: handleSendToSession,
  getMessages: handleGetMessages,
  getSentMessages: handleGetSentMessages,
  listPrograms: handleListPrograms,
  getProgram: handleGetProgram,
  updateProgram: handleUpdateProgram,
  createProgram: handleCreateProgram,
  retireProgram: handleRetireProgram,
  createKey: handleCreateKey,
  listKeys: handleListKeys,
  revokeKey: handleRevokeKey,
  rotateKey: handleRotateKey,
  exchangeKey: handleExchangeKey,
  createAccount: handleCreateAccount,
  getAccount: handleGetAccount,
  updateAccount: handleUpdateAccount,
  listMembers: handleListMembers,
  inviteMember: handleInviteMember,
  setMemberRole: handleSetMemberRole,
  removeMember: handleRemoveMember,
  createTask: handleCreateTask,
  getTasks: handleGetTasks,
  getTask: handleGetTask,
  claimTask: handleClaimTask,
  unclaimTask: handleUnclaimTask,
  completeTask: handleCompleteTask,
  exportAccount: handleExportAccount,
  importAccount: handleImportAccount,
  listEvents: handleListEvents,
  createWebhook: handleCreateWebhook,
  listWebhooks: handleListWebhooks,
  deleteWebhook: handleDeleteWebhook,
  pingWebhook: handlePingWebhook,
  listDeliveries: handleListDeliveries,
  resendEvent: handleResendEvent,
  registerDevice: handleRegisterDevice,
  listDevices: handleListDevices,
  unregisterDevice: handleUnregisterDevice,
};
