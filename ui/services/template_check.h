// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"
#include "ui/services/json_check.h"

namespace understudy::ui {

/// What is wrong with a template, and where: what the server itself would say. Any thread.
JsonCheck checkTemplate(const QByteArray &text, Dialect dialect);

} // namespace understudy::ui
