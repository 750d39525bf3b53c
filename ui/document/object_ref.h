// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/edit.h"

#include <QMetaType>
#include <QString>

namespace understudy::ui {

/// Names something in a workspace: a server, a folder of it (by its place, folders have no id), an
/// endpoint, and where needed a response and a field of it. A value; it may point at what no longer
/// exists.
struct ObjectRef
{
    enum class Kind { None, Server, Folder, Endpoint };

    Kind kind = Kind::None;
    QString serverId;
    QString endpointId;
    ItemPath path; ///< of a Folder
    QString responseId;
    QString field; ///< key as the file writes it: "path", "body", "headers", …
    int line = 0;  ///< from 1, in the field's text; 0 = not known
    int column = 0;

    bool operator==(const ObjectRef &) const = default;

    static ObjectRef server(const QString &id) { return {Kind::Server, id, {}, {}, {}, {}, 0, 0}; }
    static ObjectRef folder(const QString &id, ItemPath path)
    {
        return {Kind::Folder, id, {}, std::move(path), {}, {}, 0, 0};
    }
    static ObjectRef endpoint(const QString &id, const QString &endpointId)
    {
        return {Kind::Endpoint, id, endpointId, {}, {}, {}, 0, 0};
    }
    bool isValid() const { return kind != Kind::None; }
    /// Whether both name the same tree node, whatever response or field they point into.
    bool sameObject(const ObjectRef &other) const
    {
        return kind == other.kind && serverId == other.serverId && endpointId == other.endpointId
               && path == other.path;
    }
};

} // namespace understudy::ui

Q_DECLARE_METATYPE(understudy::ui::ObjectRef)
