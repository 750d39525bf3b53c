// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>
#include <optional>
#include <utility>

namespace understudy::ui {

/// What each kind of something held when it was left for another kind, so that the way back brings
/// it back. One editor may show several objects in turn; setObject() says whose kinds are meant.
/// All of it lives as long as the editor, which is until its tab is closed.
template<class Kind, class Value>
class KeptKinds
{
public:
    void setObject(const QString &object) { m_object = object; }
    void keep(const Kind &kind, Value value)
    {
        m_kept[m_object].insert_or_assign(kind, std::move(value));
    }
    std::optional<Value> last(const Kind &kind) const
    {
        const auto object = m_kept.find(m_object);
        if (object == m_kept.end())
            return std::nullopt;
        const auto found = object->second.find(kind);
        return found == object->second.end() ? std::nullopt : std::optional(found->second);
    }
    /// Two objects have changed places.
    void swap(const QString &a, const QString &b) { std::swap(m_kept[a], m_kept[b]); }
    void forget(const QString &object) { m_kept.erase(object); }

private:
    QString m_object;
    std::map<QString, std::map<Kind, Value>> m_kept;
};

} // namespace understudy::ui
