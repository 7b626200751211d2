import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { FailedReminders } from "#components/reminders/failed-reminders.tsx";
import { SettingsSection } from "#components/settings/section.tsx";
import { GroupBar } from "#components/teams/group-bar.tsx";
import { Groups } from "#components/teams/groups.tsx";
import { InviteByLink, InviteByList } from "#components/teams/invite.tsx";
import { EditMember } from "#components/teams/member-dialog.tsx";
import { OpenInvites } from "#components/teams/open-invites.tsx";
import { GROUP_FORM } from "#components/teams/types.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Badge, PageHeader } from "#components/ui/surface.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { parseSort } from "#lib/core/sorting.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { config } from "#lib/server/config.ts";
import { Role } from "#lib/server/db/generated/client.ts";
import { getFailedReminders } from "#lib/server/queries/failed-reminders.ts";
import {
  getPeople,
  type Member,
  PEOPLE_COLUMNS,
  PEOPLE_PER_PAGE,
  type People,
  type PeopleFilter,
  peopleFilterSchema,
} from "#lib/server/queries/people.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { sendReminderAgainAction } from "../settings/actions.ts";
import {
  changeGroupMembersAction,
  changeRoleAction,
  createGroupAction,
  createInviteAction,
  deleteGroupAction,
  inviteByListAction,
  removeMemberAction,
  renameGroupAction,
  revokeInviteAction,
  transferOwnershipAction,
} from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PeoplePage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { viewer, now, locale } = await requestContext();
  const { team: teamId } = await params;
  const filter = peopleFilterSchema.parse(await searchParams);
  const people = await getPeople(viewer, teamId, filter, now);
  if (!people || !isPerson(viewer)) notFound();
  const [t, format, unsent] = await Promise.all([
    getTranslations("people"),
    getFormatter(),
    getFailedReminders(viewer, teamId, now),
  ]);
  const { groups, invites, may } = people;
  const inviting = { teamId, groups, allRoles: may.inviteOthers };
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      {unsent ? (
        <FailedReminders teamId={teamId} failed={unsent} sendAgain={sendReminderAgainAction} />
      ) : null}
      <PeopleFilterForm filter={filter} groups={groups} />
      <Members {...{ teamId, locale, people, filter }} viewerId={viewer.userId} />
      <SettingsSection title={t("invite")} intro={t("inviteIntro")}>
        <InviteByLink {...inviting} address={`${config().appUrl}/join?token=`} action={createInviteAction} />
        <InviteByList {...inviting} action={inviteByListAction} />
        <OpenInvites
          teamId={teamId}
          invites={invites.map(({ expiresAt, ...invite }) => ({
            ...invite,
            until: format.dateTime(new Date(expiresAt), {
              dateStyle: "medium",
              timeStyle: "short",
              timeZone: viewer.timeZone,
            }),
          }))}
          action={revokeInviteAction}
        />
      </SettingsSection>
      <SettingsSection title={t("groups")} intro={t("groupsIntro")}>
        <Groups
          teamId={teamId}
          groups={groups}
          actions={{
            createGroup: createGroupAction,
            renameGroup: renameGroupAction,
            deleteGroup: deleteGroupAction,
          }}
        />
      </SettingsSection>
    </>
  );
}

async function PeopleFilterForm({ filter, groups }: { filter: PeopleFilter; groups: People["groups"] }) {
  const [t, teams] = await Promise.all([getTranslations("people"), getTranslations("teams")]);
  const control = "min-h-11 max-w-56 rounded-lg border border-line-strong bg-raised px-2";
  return (
    <form aria-label={t("filter")} className="mb-4 flex flex-wrap items-end gap-3">
      {filter.sort ? <input type="hidden" name="sort" value={filter.sort} /> : null}
      <label className="grid gap-1 text-sm">
        {t("search")}
        <input name="q" type="search" defaultValue={filter.q} className={`${control} px-3`} />
      </label>
      <label className="grid gap-1 text-sm">
        {t("role")}
        <select key={filter.role} name="role" defaultValue={filter.role ?? ""} className={control}>
          <option value="">{t("all")}</option>
          {Object.values(Role).map((role) => (
            <option key={role} value={role}>
              {teams(`roles.${role}`)}
            </option>
          ))}
        </select>
      </label>
      {groups.length > 0 ? (
        <label className="grid gap-1 text-sm">
          {t("group")}
          <select key={filter.group} name="group" defaultValue={filter.group ?? ""} className={control}>
            <option value="">{t("all")}</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}

async function Members({
  teamId,
  locale,
  people: { members, found, groups, may, timeZone },
  filter,
  viewerId,
}: {
  teamId: string;
  locale: Locale;
  people: People;
  filter: PeopleFilter;
  viewerId: string;
}) {
  const [t, teams, format] = await Promise.all([
    getTranslations("people"),
    getTranslations("teams"),
    getFormatter(),
  ]);
  const { page, ...narrowed } = filter;
  const address = { pathname: `/teams/${teamId}/people`, query: narrowed };
  const nameOf = ({ name, email, userId }: Member) =>
    name ?? email ?? t("unnamed", { tag: userId.slice(-4) });
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]));
  const actions = {
    changeRole: changeRoleAction,
    changeGroupMembers: changeGroupMembersAction,
    removeMember: removeMemberAction,
    transferOwnership: transferOwnershipAction,
  };
  return (
    <div className="mb-8 grid gap-4">
      <p className="text-ink-muted text-sm">{t("memberCount", { count: found })}</p>
      <DataTable
        caption={t("title")}
        rows={members}
        rowKey={({ userId }) => userId}
        sort={parseSort(filter.sort, PEOPLE_COLUMNS, { by: "name", descending: false })}
        address={address}
        csv={`/api/teams/${teamId}/people?${new URLSearchParams({ ...defined(narrowed), locale })}`}
        columns={[
          {
            key: "name",
            label: t("name"),
            cell: (member) => (
              <span className="flex items-start gap-3">
                {groups.length > 0 ? (
                  <input
                    type="checkbox"
                    form={GROUP_FORM}
                    name="person"
                    value={member.userId}
                    aria-label={t("tick", { name: nameOf(member) })}
                    className="mt-1 size-4 shrink-0 accent-pod"
                  />
                ) : null}
                <span className="grid min-w-40">
                  <Link
                    href={`/teams/${teamId}/people/${member.userId}`}
                    className="w-fit font-medium underline underline-offset-4"
                  >
                    {nameOf(member)}
                  </Link>
                  {member.name && member.email ? (
                    <span className="font-normal text-ink-muted">{member.email}</span>
                  ) : null}
                  {member.isGuest ? <span className="font-normal text-ink-muted">{t("guest")}</span> : null}
                </span>
              </span>
            ),
          },
          {
            key: "role",
            label: t("role"),
            cell: ({ role }) => (
              <Badge tone={role === "learner" ? "neutral" : "pod"}>{teams(`roles.${role}`)}</Badge>
            ),
          },
          {
            key: "groups",
            label: t("groups"),
            fixed: true,
            cell: ({ groupIds }) => (
              <span className="flex flex-wrap gap-1">
                {groupIds.map((id) => (
                  <Badge key={id}>{groupNames.get(id)}</Badge>
                ))}
              </span>
            ),
          },
          {
            key: "joined",
            label: t("joined"),
            cell: ({ joinedAt }) => (
              <span className="whitespace-nowrap">
                {format.dateTime(new Date(joinedAt), { dateStyle: "medium", timeZone })}
              </span>
            ),
          },
          {
            key: "shares",
            label: t("shares"),
            fixed: true,
            cell: ({ sharesAll }) => t(sharesAll ? "sharesAll" : "sharesAssigned"),
          },
          {
            key: "edit",
            label: t("change"),
            fixed: true,
            cell: (member) => {
              const other = member.userId !== viewerId;
              return (
                <EditMember
                  teamId={teamId}
                  member={{ ...member, name: nameOf(member) }}
                  groups={groups}
                  may={{
                    changeRole: may.changeRoles,
                    remove: other && (may.changeRoles || member.role === "learner"),
                    inherit: other && may.changeRoles && !member.isGuest,
                  }}
                  actions={actions}
                />
              );
            },
          },
        ]}
      />
      {groups.length > 0 ? (
        <GroupBar teamId={teamId} groups={groups} action={changeGroupMembersAction} />
      ) : null}
      <nav aria-label={t("pages")} className="flex gap-3 empty:hidden">
        {page > 1 ? (
          <LinkButton href={{ ...address, query: { ...narrowed, page: page - 1 } }}>
            {t("previous")}
          </LinkButton>
        ) : null}
        {page * PEOPLE_PER_PAGE < found ? (
          <LinkButton href={{ ...address, query: { ...narrowed, page: page + 1 } }}>{t("next")}</LinkButton>
        ) : null}
      </nav>
    </div>
  );
}
