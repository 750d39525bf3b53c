// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fault_parameters_model.h"

#include "core/base/units.h"
#include "core/model/fault_catalogue.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QApplication>

#include <algorithm>
#include <charconv>

namespace understudy::ui {

namespace {

QString headersText(const http::HeaderList &headers)
{
    QStringList lines;
    for (const http::HeaderField &field : headers)
        lines << toQString(field.name + ": " + field.value);
    return lines.join('\n');
}

Result<http::HeaderList> parseHeaders(const QString &text)
{
    http::HeaderList headers;
    for (const QString &line : text.split('\n', Qt::SkipEmptyParts)) {
        const QString name = line.section(':', 0, 0).trimmed();
        if (!line.contains(':') || !http::isToken(toStd(name)))
            return Error{ErrorCode::Syntax,
                         "'" + toStd(line.trimmed()) + "' is not a header; write Name: value",
                         {}};
        headers.push_back({toStd(name), toStd(line.section(':', 1).trimmed())});
    }
    return headers;
}

Result<std::uint64_t> parseNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return Error{ErrorCode::Syntax, "'" + std::string(text) + "' is not a whole number", {}};
    return number;
}

/// clock-skew may shift backwards; durations of the file have no sign of their own.
Result<Duration> parseShift(std::string_view text)
{
    if (!text.starts_with('-'))
        return parseDuration(text);
    const auto value = parseDuration(text.substr(1));
    return value ? Result<Duration>(-*value) : value;
}

QString shiftText(Duration value)
{
    return value.count() < 0 ? '-' + toQString(formatDuration(-value))
                             : toQString(formatDuration(value));
}

template<class Value, class Parse>
Result<void> assign(std::optional<Value> &target, const std::string &text, Parse parse)
{
    if (text.empty()) {
        target.reset();
        return {};
    }
    const auto value = parse(text);
    if (!value)
        return value.error();
    target = *value;
    return {};
}

QString parameterName(std::string_view key)
{
    const std::pair<std::string_view, QString> names[]{
        {"offset", FaultParametersModel::tr("After bytes of the body")},
        {"for", FaultParametersModel::tr("For")},
        {"headers", FaultParametersModel::tr("Headers")},
        {"body", FaultParametersModel::tr("Body")},
        {"limit", FaultParametersModel::tr("Requests")},
        {"per", FaultParametersModel::tr("In a window of")},
        {"key", FaultParametersModel::tr("Counted by")},
        {"variant", FaultParametersModel::tr("Variant")},
        {"count", FaultParametersModel::tr("Bytes flipped")},
        {"pace", FaultParametersModel::tr("One byte every")},
        {"upload", FaultParametersModel::tr("Reads at")},
        {"hops", FaultParametersModel::tr("Redirects")},
        {"by", FaultParametersModel::tr("Shift by")}};
    for (const auto &[name, text] : names) {
        if (name == key)
            return text;
    }
    return toQString(key);
}

/// What holds where the file is silent.
QString defaultText(FaultKind kind, std::string_view key)
{
    if (key == "offset")
        return FaultParametersModel::tr("half the body");
    if (key == "for")
        return kind == FaultKind::Stall ? FaultParametersModel::tr("until the client leaves")
                                        : toQString(formatDuration(kServerAway));
    if (key == "body")
        return FaultParametersModel::tr("the reason phrase");
    if (key == "key")
        return QStringLiteral("all");
    if (key == "count")
        return QStringLiteral("1");
    if (key == "hops")
        return FaultParametersModel::tr("for ever");
    if (key == "headers")
        return FaultParametersModel::tr("none of its own");
    if (key == "variant") {
        const auto &variants = faultTraits(kind).variants;
        return variants.empty() ? QString() : toQString(variants.front());
    }
    return FaultParametersModel::tr("needed");
}

} // namespace

QString faultParameter(const Fault &fault, std::string_view key)
{
    const auto optional = [](const auto &value, auto format) {
        return value ? toQString(format(*value)) : QString();
    };
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    if (key == "offset")
        return optional(fault.offset, formatSize);
    if (key == "for")
        return optional(fault.duration, formatDuration);
    if (key == "headers")
        return headersText(fault.headers);
    if (key == "body")
        return toQString(fault.body);
    if (key == "limit")
        return optional(fault.limit, number);
    if (key == "per")
        return optional(fault.per, formatDuration);
    if (key == "key")
        return toQString(fault.key);
    if (key == "variant")
        return toQString(fault.variant);
    if (key == "count")
        return optional(fault.count, number);
    if (key == "pace")
        return optional(fault.pace, formatDuration);
    if (key == "upload")
        return optional(fault.upload, formatByteRate);
    if (key == "hops")
        return optional(fault.hops, number);
    if (key == "by")
        return fault.by ? shiftText(*fault.by) : QString();
    return {};
}

Result<void> setFaultParameter(Fault &fault, std::string_view key, const QString &value)
{
    const std::string text = toStd(key == "body" ? value : value.trimmed());
    if (key == "offset") {
        // A bare number means bytes.
        const bool isBare
            = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        return assign(fault.offset, isBare ? text + "B" : text, parseSize);
    }
    if (key == "for")
        return assign(fault.duration, text, parseDuration);
    if (key == "limit")
        return assign(fault.limit, text, parseNumber);
    if (key == "per")
        return assign(fault.per, text, parseDuration);
    if (key == "count")
        return assign(fault.count, text, parseNumber);
    if (key == "pace")
        return assign(fault.pace, text, parseDuration);
    if (key == "upload")
        return assign(fault.upload, text, parseByteRate);
    if (key == "hops")
        return assign(fault.hops, text, parseNumber);
    if (key == "by")
        return assign(fault.by, text, parseShift);
    if (key == "headers") {
        const auto headers = parseHeaders(value);
        if (!headers)
            return headers.error();
        fault.headers = *headers;
    } else if (key == "body") {
        fault.body = text;
    } else if (key == "key") {
        fault.key = text;
    } else if (key == "variant") {
        fault.variant = text;
    }
    return {};
}

FaultParametersModel::FaultParametersModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void FaultParametersModel::setFault(const Fault &fault)
{
    const FaultTraits &traits = faultTraits(fault.kind);
    std::vector<std::string_view> keys;
    for (const std::string_view key : traits.keys) {
        // The status has a field of its own; an offset counts bytes of the body.
        if (key != "status" && (key != "offset" || faultPlace(fault) == FaultPlace::Body))
            keys.push_back(key);
    }
    if (keys != m_keys || fault.kind != m_fault.kind) {
        beginResetModel();
        m_fault = fault;
        m_keys = std::move(keys);
        endResetModel();
        return;
    }
    if (fault == m_fault)
        return;
    m_fault = fault;
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FaultParametersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int FaultParametersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FaultParametersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const std::string_view key = m_keys[static_cast<std::size_t>(index.row())];
    const QString value = faultParameter(m_fault, key);
    switch (role) {
    case KeyRole:
        return toQString(key);
    case IsLongRole:
        return key == "headers" || key == "body";
    case ChoicesRole: {
        QStringList choices;
        if (key == "variant") {
            for (const std::string_view variant : faultTraits(m_fault.kind).variants)
                choices << toQString(variant);
        }
        return choices;
    }
    case Qt::EditRole:
        return value;
    case Qt::DisplayRole:
        if (index.column() == NameColumn)
            return parameterName(key);
        return value.isEmpty() ? defaultText(m_fault.kind, key)
                               : QString(value).replace('\n', QStringLiteral(" · "));
    case Qt::ForegroundRole:
        return index.column() == ValueColumn && value.isEmpty()
                   ? QVariant(roleColor(ColorRole::Muted, QApplication::palette()))
                   : QVariant();
    case Qt::AccessibleTextRole:
        return parameterName(key) + QStringLiteral(", ")
               + (value.isEmpty() ? defaultText(m_fault.kind, key) : value);
    default:
        return {};
    }
}

bool FaultParametersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != ValueColumn || role != Qt::EditRole)
        return false;
    const std::string_view key = m_keys[static_cast<std::size_t>(index.row())];
    if (value.toString() == faultParameter(m_fault, key))
        return false;
    Fault fault = m_fault;
    if (const auto done = setFaultParameter(fault, key, value.toString()); !done) {
        Q_EMIT refused(parameterName(key) + QStringLiteral(": ") + toQString(done.error().message));
        return false;
    }
    m_fault = fault;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited(fault);
    return true;
}

QVariant FaultParametersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Parameter"), tr("Value")}.value(section);
}

Qt::ItemFlags FaultParametersModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (index.isValid() && index.column() == ValueColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace understudy::ui
