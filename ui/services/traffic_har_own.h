// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/yaml/node.h"
#include "core/traffic/exchange.h"

#include <QJsonObject>

#include <functional>

/// What our own archives say of an exchange that HAR has no word for: the field `_understudy` of an
/// entry. Written and read here, so that the two go together.
namespace understudy::ui {

class Redactor;

QJsonObject ownObject(const Exchange &exchange, Redactor &redactor);

/// Makes one shared text for all that are the same.
using ShareText = std::function<std::shared_ptr<const std::string>(const std::string &)>;

/// Puts what `own` says into an exchange; null, as in other people's archives, says nothing. What
/// cannot be is passed over.
void readOwn(const formats::yaml::Node *own, Exchange &exchange, const ShareText &share);

} // namespace understudy::ui
