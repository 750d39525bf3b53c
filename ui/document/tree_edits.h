// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/edit.h"
#include "core/model/reach.h"

#include <Qt>

#include <string_view>
#include <vector>

/// Edits of a server's tree as functions on values: what commands carry out and tests call without
/// a window.
namespace understudy::ui {

/// Takes away every item of `paths`; an item inside a removed folder may be named too.
void removeItems(Server &server, std::vector<ItemPath> paths);

/// Puts `item` into the list of the folder at `parent` before `index` (clamped), and returns where
/// it stands; empty if there is no such folder.
ItemPath insertItem(Server &server, const ItemPath &parent, std::size_t index, Item item);

/// Copies the item at `path` behind itself, with ids of its own. Returns the copy's place, empty if
/// there is nothing.
ItemPath duplicateItem(Server &server, const ItemPath &path);

/// Moves the item one place up (-1) or down (+1) among its neighbours. Returns its new place, empty
/// if it cannot move.
ItemPath moveItem(Server &server, const ItemPath &path, int step);

/// What the check box of a folder shows: its own flag decides if it is off, otherwise the children.
Qt::CheckState folderState(const Folder &folder);

/// A click on that box: off or mixed -> the folder and everything in it on; fully on -> the folder
/// itself off, its children keep their flags.
void toggleFolder(Folder &folder);

/// "users" -> "users", or "users 2" if a sibling in the folder at `parent` has that name.
std::string uniqueFolderName(const Server &server, const ItemPath &parent,
                             const std::string &wanted);

/// Segments of digits and UUIDs become `{id}`, `{id2}`, …: "/orders/17" -> "/orders/{id}". `path`
/// is as sent, without the query; characters that mean something in a template are percent-encoded.
std::string templateForPath(std::string_view path);

/// The answer of a new mock: 200 with an empty JSON object.
Response mockResponse();

/// Adds an endpoint that answers `method target` with that answer, placed so that no other endpoint
/// wins before it. Returns its id. Error: Invalid if the target does not lie
/// below the server's base path.
Result<std::string> addMock(Server &server, std::string_view method, std::string_view target);

/// The example URL path of an endpoint: parameters replaced by sample values, base in front.
std::string samplePath(const Server &server, const Endpoint &endpoint);

} // namespace understudy::ui
