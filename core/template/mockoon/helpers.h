// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/helper.h"
#include "core/template/render_scope.h"

#include <span>

/// The helpers of Mockoon 9 (reference/mockoon.md section 6), a table for each kind.
namespace understudy::mockoon {

std::span<const handlebars::Helper> requestHelpers();
std::span<const handlebars::Helper> dataHelpers();
std::span<const handlebars::Helper> blockHelpers();
std::span<const handlebars::Helper> numberHelpers();
std::span<const handlebars::Helper> textHelpers();
std::span<const handlebars::Helper> listHelpers();
std::span<const handlebars::Helper> dateHelpers();
std::span<const handlebars::Helper> fakerHelpers();

/// All of them, with those of Handlebars.
const handlebars::HelperTable &helperTable();

// What several of them do with their arguments.

/// The argument, or `otherwise` where there is none.
std::string textOr(const handlebars::Value &value, std::string_view otherwise);
/// Compact JSON, as JSON.stringify writes it.
std::string compactJson(const handlebars::Value &value);
/// As `body` and `data` show a value: lists, objects and null as JSON, texts bare; with `stringify`
/// everything as JSON.
handlebars::Value shown(const handlebars::Value &value, bool stringify);
/// Of the request; undefined where there is none.
RequestValues *requestOf(handlebars::HelperCall &call);

} // namespace understudy::mockoon
