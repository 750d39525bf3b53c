// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rule_values.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/yaml/emit.h"
#include "core/formats/yaml/parse.h"
#include "core/match/comparison.h"
#include "core/model/operator_catalogue.h"
#include "ui/services/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace understudy::ui {

namespace {

namespace yaml = formats::yaml;

using ValueKind = OperatorValue;

std::string translated(const char *text)
{
    return toStd(QCoreApplication::translate("RulesModel", text));
}

Error noValue(const char *text) { return {ErrorCode::Invalid, translated(text), {}}; }

bool hasControls(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

/// A number or a boolean; `007` is none in JSON, and a text.
std::optional<JsonValue> typedScalar(const std::string &text)
{
    auto value = JsonValue::parse(text);
    if (!value || !(value->isNumber() || value->isBool()) || writeJson(*value) != text)
        return std::nullopt;
    return *std::move(value);
}

std::optional<std::string> quotedText(const std::string &text)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return std::nullopt;
    const auto value = JsonValue::parse(text);
    if (!value || !value->isString())
        return std::nullopt;
    return *value->ifString();
}

/// A text between quotes stands for itself where quotes are likely to be part of what is meant:
/// unless they are needed, for a line break or for another pair of quotes.
std::string textValue(const std::string &text)
{
    const auto inner = quotedText(text);
    return inner && (hasControls(*inner) || inner->starts_with('"')) ? *inner : text;
}

JsonValue scalarValue(ValueKind kind, const std::string &text, const JsonValue &before)
{
    switch (kind) {
    case ValueKind::Text:
        return JsonValue(textValue(text));
    case ValueKind::Word:
        if (auto typed = typedScalar(text); typed && (before.isNumber() || before.isBool()))
            return *std::move(typed);
        return JsonValue(textValue(text));
    case ValueKind::Number:
        if (auto value = JsonValue::parse(toStd(toQString(text).trimmed()));
            value && value->isNumber())
            return *std::move(value);
        break;
    default:
        break;
    }
    if (auto typed = typedScalar(text))
        return *std::move(typed);
    return JsonValue(quotedText(text).value_or(text));
}

QString scalarText(ValueKind kind, const JsonValue &value)
{
    const auto *text = value.ifString();
    if (!text)
        return toQString(writeJson(value));
    const std::string &plain = *text;
    // As it is where that reads back as the same text, else quoted.
    if (!hasControls(plain) && scalarValue(kind, plain, value) == value)
        return toQString(plain);
    return toQString(text::quoteJson(plain));
}

void makeFlow(yaml::Node &node)
{
    node.flow = true;
    for (yaml::Node &item : node.items)
        makeFlow(item);
}

QString flowText(const JsonValue &value)
{
    yaml::Node node = yaml::fromJson(value);
    makeFlow(node);
    return toQString(node.isScalar() ? yaml::emitInline(node) : yaml::emit(node)).trimmed();
}

Result<yaml::Node> parseFlow(const std::string &text)
{
    auto parsed = yaml::parse(text, {});
    if (!parsed)
        return Error{parsed.error().code, parsed.error().message, {}};
    return parsed;
}

Result<JsonValue> listValue(ValueKind kind, const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool isBracketed = trimmed.startsWith('[') && trimmed.endsWith(']');
    const auto parsed = parseFlow(toStd(isBracketed ? trimmed : '[' + trimmed + ']'));
    if (!parsed)
        return parsed.error();
    if (!parsed->isList())
        return noValue(QT_TRANSLATE_NOOP("RulesModel", "expected a list such as [7, \"a,b\"]"));
    const bool isChoices = kind == ValueKind::Choices;
    if (isChoices && parsed->items.empty())
        return noValue(QT_TRANSLATE_NOOP("RulesModel", "expected at least one value"));
    for (const yaml::Node &item : parsed->items) {
        if (isChoices && (!item.isScalar() || item.isNull()))
            return noValue(QT_TRANSLATE_NOOP("RulesModel", "expected texts, numbers or booleans"));
    }
    return yaml::toJson(*parsed);
}

Result<JsonValue> anyValue(const QString &text)
{
    const std::string json = toStd(text);
    if (auto value = JsonValue::parse(json))
        return *std::move(value);
    const auto parsed = parseFlow(json);
    if (!parsed)
        return parsed.error();
    return yaml::toJson(*parsed);
}

/// The one scalar that a value comes down to, if it does.
const JsonValue *soleScalar(const JsonValue &value)
{
    if (const auto *list = value.ifArray())
        return list->size() == 1 ? soleScalar(list->front()) : nullptr;
    return value.isObject() ? nullptr : &value;
}

} // namespace

bool takesNoValue(RuleOperator op) { return operatorTraits(op).value == ValueKind::Flag; }

bool takesOptions(RuleOperator op) { return !operatorTraits(op).options.empty(); }

QString ruleValueText(const Condition &condition)
{
    const JsonValue &value = condition.value;
    const ValueKind kind = operatorTraits(condition.op).value;
    switch (kind) {
    case ValueKind::Flag:
        return value.isBool() && !value.isTrue() ? QStringLiteral("false") : QString();
    case ValueKind::Json:
        return toQString(writeJson(value));
    case ValueKind::Choices:
    case ValueKind::List:
        return value.isArray() || value.isObject() ? flowText(value) : scalarText(kind, value);
    default:
        return scalarText(kind, value);
    }
}

Result<JsonValue> parseRuleValue(const Condition &condition, const QString &text)
{
    const ValueKind kind = operatorTraits(condition.op).value;
    switch (kind) {
    case ValueKind::Flag:
        return JsonValue(text.trimmed() != QLatin1String("false"));
    case ValueKind::Choices:
    case ValueKind::List:
        return listValue(kind, text);
    case ValueKind::Json:
        return anyValue(text);
    default:
        return scalarValue(kind, toStd(text), condition.value);
    }
}

JsonValue ruleValueFor(RuleOperator op, const Condition &before)
{
    const ValueKind kind = operatorTraits(op).value;
    const bool hadValue = !takesNoValue(before.op);
    const JsonValue *sole = hadValue ? soleScalar(before.value) : nullptr;
    switch (kind) {
    case ValueKind::Flag:
        return before.value.isBool() && !hadValue ? before.value : JsonValue(true);
    case ValueKind::Choices:
    case ValueKind::List:
        if (before.value.isArray())
            return before.value;
        return JsonArray{sole && !sole->isNull() ? *sole : JsonValue("")};
    case ValueKind::Json:
        if (const auto *text = before.value.ifString(); text && hadValue) {
            auto parsed = JsonValue::parse(*text);
            return parsed ? *std::move(parsed) : before.value;
        }
        return hadValue ? before.value : JsonValue(nullptr);
    case ValueKind::Text:
        return JsonValue(sole ? textOf(*sole) : hadValue ? writeJson(before.value) : std::string());
    case ValueKind::Number:
        if (sole && sole->isString())
            return scalarValue(kind, *sole->ifString(), {});
        break;
    default:
        break;
    }
    if (sole && !sole->isNull())
        return *sole;
    return JsonValue(hadValue && !sole ? writeJson(before.value) : std::string());
}

QString ruleOptionsText(const Condition &condition)
{
    QStringList parts;
    for (const auto &[name, value] : condition.options) {
        const QString key = toQString(name);
        parts << (value.isBool() && value.isTrue() ? key
                                                   : key + QStringLiteral(": ") + flowText(value));
    }
    return parts.join(QStringLiteral(", "));
}

Result<JsonObject> parseRuleOptions(RuleOperator op, const QString &text)
{
    const auto parsed = parseFlow('{' + toStd(text) + '}');
    if (!parsed)
        return parsed.error();
    JsonObject options;
    for (std::size_t i = 0; i < parsed->keys.size(); ++i) {
        const std::string &name = parsed->keys[i].text;
        const yaml::Node &node = parsed->items[i];
        const OperatorOption *option = findOption(operatorTraits(op), name);
        if (!option)
            return Error{ErrorCode::Invalid,
                         toStd(QCoreApplication::translate("RulesModel",
                                                           "“%1” is no option of this operator")
                                   .arg(toQString(name))),
                         {}};
        const bool isFlag = option->kind == OperatorOption::Kind::Flag;
        const JsonValue value = isFlag && node.isNull() ? JsonValue(true) : yaml::toJson(node);
        if (isFlag ? !value.isBool() : !value.isObject())
            return noValue(isFlag
                               ? QT_TRANSLATE_NOOP("RulesModel", "expected true or false")
                               : QT_TRANSLATE_NOOP("RulesModel", "expected {prefix: address, …}"));
        options.set(name, value);
    }
    return options;
}

} // namespace understudy::ui
