// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/help_dialog.h"

#include <QListWidget>
#include <QTextBrowser>

#include <gtest/gtest.h>

using understudy::ui::HelpDialog;

TEST(Help, HasATextBehindEveryTitle)
{
    HelpDialog dialog;
    auto *pages = dialog.findChild<QListWidget *>(QStringLiteral("helpPageList"));
    auto *text = dialog.findChild<QTextBrowser *>(QStringLiteral("helpText"));
    ASSERT_EQ(pages->count(), 11);
    for (int row = 0; row < pages->count(); ++row) {
        pages->setCurrentRow(row);
        EXPECT_FALSE(pages->item(row)->text().isEmpty()) << row;
        EXPECT_GT(text->toPlainText().size(), 500) << row;
        EXPECT_TRUE(text->toPlainText().startsWith(pages->item(row)->text())) << row;
    }
}

TEST(Help, FindsPagesByName)
{
    HelpDialog dialog;
    dialog.showPage(QStringLiteral("mockoon"));
    EXPECT_TRUE(dialog.findChild<QTextBrowser *>(QStringLiteral("helpText"))
                    ->toPlainText()
                    .contains(QStringLiteral("Coming from Mockoon")));
}
