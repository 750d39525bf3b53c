// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/document/object_ref.h"

#include <QString>

namespace understudy::ui {

class DesktopSession;

/// What "+ Mock" of a row of the traffic came to.
struct MockOutcome
{
    ObjectRef where;     ///< the body to look at; empty if there is none
    QString label;       ///< "GET /users"
    bool isMade = false; ///< by this, as one step; false: the server answers it as it stands
    QString failure;     ///< why nothing was made; else empty
    QString remark{};    ///< what the answer lacks of the recorded one; empty: nothing
};

/// Makes the server answer a request that it had no answer for: an endpoint, or another response of
/// the endpoint that is meant for it. The running server has it at once: the next request may be on
/// its way.
///
/// A request from a file goes to its own server where the workspace has that, else to
/// `otherServer`. One that others recorded is answered as it was there.
MockOutcome mockFrom(DesktopSession &session, const JournalEntry &entry,
                     const QString &otherServer = {});

} // namespace understudy::ui
