// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bucket_model.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "ui/services/text.h"

#include <QFont>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr std::size_t kLookedAt = 500; ///< items, for their members
constexpr std::size_t kShownBytes = 200;

/// Texts bare, everything else as JSON.
QString shown(const JsonValue *value)
{
    if (!value)
        return {};
    if (const std::string *text = value->ifString())
        return toQString(*text);
    return toQString(writeJson(*value));
}

/// What was typed into a cell: a text where a text was, JSON where it is some.
JsonValue typed(const QString &text, const JsonValue *before)
{
    const std::string said = toStd(text);
    if (before && before->ifString())
        return said;
    auto parsed = JsonValue::parse(said);
    return parsed ? *std::move(parsed) : JsonValue(said);
}

/// An item that stood in a row, in what the bucket holds by now: the same one, or the one of its
/// key; null if it is gone.
JsonValue *foundAgain(JsonValue &all, std::size_t row, const JsonValue &before,
                      const std::string &key)
{
    JsonArray *list = all.ifArray();
    if (!list)
        return all == before ? &all : nullptr;
    if (row < list->size() && (*list)[row] == before)
        return &(*list)[row];
    auto found = std::find(list->begin(), list->end(), before);
    const JsonValue *id = before.ifObject() ? before.ifObject()->find(key) : nullptr;
    if (found == list->end() && id)
        found = std::find_if(list->begin(), list->end(), [&](const JsonValue &other) {
            const JsonValue *its = other.ifObject() ? other.ifObject()->find(key) : nullptr;
            return its && *its == *id;
        });
    return found == list->end() ? nullptr : &*found;
}

} // namespace

bool BucketModel::setBucket(std::shared_ptr<const JsonValue> live,
                            std::shared_ptr<const JsonValue> file, const std::string &key)
{
    if (live.get() == m_live.get() && file.get() == m_file.get() && key == m_key)
        return false;
    beginResetModel();
    m_live = std::move(live);
    m_file = std::move(file);
    m_key = key;
    m_inFile.clear();
    const JsonArray *written = m_file ? m_file->ifArray() : nullptr;
    for (std::size_t i = 0; written && i < written->size(); ++i) {
        const JsonObject *one = (*written)[i].ifObject();
        if (const JsonValue *id = one ? one->find(key) : nullptr)
            m_inFile.try_emplace(writeJson(*id), i);
    }
    m_columns.clear();
    const JsonArray *list = m_live ? m_live->ifArray() : nullptr;
    m_hasMembers = list && !list->empty()
                   && std::all_of(list->begin(), list->end(),
                                  [](const JsonValue &one) { return one.isObject(); });
    if (m_hasMembers) {
        for (std::size_t i = 0; i < std::min(list->size(), kLookedAt); ++i) {
            for (const JsonMember &member : *(*list)[i].ifObject()) {
                if (const QString name = toQString(member.name); !m_columns.contains(name))
                    m_columns << name;
            }
        }
    } else if (m_live) {
        m_columns << tr("value");
    }
    endResetModel();
    return true;
}

const JsonValue *BucketModel::item(int row) const
{
    if (!m_live)
        return nullptr;
    const JsonArray *list = m_live->ifArray();
    if (!list)
        return m_live.get();
    const auto index = static_cast<std::size_t>(row);
    return index < list->size() ? &(*list)[index] : nullptr;
}

const JsonValue *BucketModel::cell(const JsonValue *of, int column) const
{
    if (!of || !m_hasMembers)
        return of;
    return of->ifObject() ? of->ifObject()->find(toStd(m_columns.at(column))) : nullptr;
}

/// The item of the file that this row was once: by its key, or by its place.
const JsonValue *BucketModel::inFile(int row) const
{
    if (!m_file)
        return nullptr;
    const JsonArray *list = m_file->ifArray();
    if (!list || !isList())
        return list || isList() ? nullptr : m_file.get();
    const JsonValue *own = item(row);
    const JsonValue *id = own && own->ifObject() ? own->ifObject()->find(m_key) : nullptr;
    const auto place = static_cast<std::size_t>(row);
    const auto hasId = [&](const JsonValue &other) {
        const JsonValue *its = other.ifObject() ? other.ifObject()->find(m_key) : nullptr;
        return its && *its == *id;
    };
    if (place < list->size() && (!id || hasId((*list)[place])))
        return &(*list)[place];
    const auto found = id ? m_inFile.find(writeJson(*id)) : m_inFile.end();
    return found == m_inFile.end() ? nullptr : &(*list)[found->second];
}

void BucketModel::addItem()
{
    const bool isObject = m_hasMembers || rowCount() == 0;
    Q_EMIT changeRequested([isObject](JsonValue &all) {
        if (JsonArray *list = all.ifArray())
            list->push_back(isObject ? JsonValue(JsonObject()) : JsonValue());
    });
}

void BucketModel::removeItems(const QList<int> &rows)
{
    std::vector<std::pair<std::size_t, JsonValue>> gone;
    for (const int row : rows) {
        if (const JsonValue *one = item(row))
            gone.emplace_back(static_cast<std::size_t>(row), *one);
    }
    // From the end, so that the places before stay.
    std::sort(gone.begin(), gone.end(),
              [](const auto &a, const auto &b) { return a.first > b.first; });
    Q_EMIT changeRequested([gone, key = m_key](JsonValue &all) {
        JsonArray *list = all.ifArray();
        if (!list)
            return; // it is something else meanwhile
        for (const auto &[row, one] : gone) {
            if (const JsonValue *found = foundAgain(all, row, one, key))
                list->erase(list->begin() + (found - list->data()));
        }
    });
}

int BucketModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() || !m_live)
        return 0;
    return isList() ? static_cast<int>(m_live->ifArray()->size()) : 1;
}

int BucketModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant BucketModel::data(const QModelIndex &index, int role) const
{
    const JsonValue *value = cell(item(index.row()), index.column());
    if (role == Qt::EditRole)
        return shown(value);
    if (role == Qt::DisplayRole) {
        const QString text = shown(value);
        return toQString(text::shortened(toStd(text.section(u'\n', 0, 0)), kShownBytes));
    }
    if (role != Qt::FontRole && role != Qt::ToolTipRole)
        return {};
    const JsonValue *original = inFile(index.row());
    const JsonValue *before = cell(original, index.column());
    const bool isSame = value && before ? *value == *before : value == before;
    if (isSame)
        return {};
    if (role == Qt::ToolTipRole)
        return !original ? tr("this item is not in the file")
               : before  ? tr("in the file: %1").arg(shown(before))
                         : tr("not in the file");
    QFont bold;
    bold.setBold(true);
    return bold;
}

QVariant BucketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? QVariant(m_columns.value(section))
                                         : QVariant(section + 1);
}

Qt::ItemFlags BucketModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | Qt::ItemIsEditable;
}

bool BucketModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !item(index.row())
        || shown(cell(item(index.row()), index.column())) == value.toString())
        return false;
    const JsonValue made = typed(value.toString(), cell(item(index.row()), index.column()));
    const std::string member = m_hasMembers ? toStd(m_columns.at(index.column())) : std::string();
    Q_EMIT changeRequested([row = static_cast<std::size_t>(index.row()),
                            before = *item(index.row()), member, made,
                            key = m_key](JsonValue &all) {
        JsonValue *one = foundAgain(all, row, before, key);
        if (!one)
            return; // it went meanwhile
        if (member.empty())
            *one = made;
        else
            one->ifObject()->set(member, made);
    });
    return true;
}

} // namespace understudy::ui
