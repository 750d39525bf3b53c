// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/wheel_guard.h"

#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <gtest/gtest.h>

using namespace understudy::ui;

namespace {

void turnWheel(QWidget *over)
{
    const QPointF place = QRectF(over->rect()).center();
    QWheelEvent event(place, over->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event); // as from the mouse; others do not travel upwards
    qApp->notify(over, &event);
}

} // namespace

TEST(WheelGuard, ScrollsThePageInsteadOfChangingAValueUnderThePointer)
{
    WheelGuard guard;
    qApp->installEventFilter(&guard);
    QScrollArea area;
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    auto *spin = new QSpinBox;
    auto *other = new QSpinBox;
    spin->setRange(0, 100);
    spin->setValue(50);
    layout->addWidget(other);
    layout->addWidget(spin);
    content->setFixedSize(200, 2000);
    area.setWidget(content);
    area.resize(220, 200);
    area.show();
    area.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&area));
    other->setFocus();
    EXPECT_EQ(spin->focusPolicy(), Qt::StrongFocus);
    turnWheel(spin);
    EXPECT_EQ(spin->value(), 50);
    EXPECT_GT(area.verticalScrollBar()->value(), 0);
    spin->setFocus();
    turnWheel(spin);
    EXPECT_EQ(spin->value(), 49);
    qApp->removeEventFilter(&guard);
}
