package io.foreshard.engine.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the classes that may read the wall clock and wait on it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@interface RealTime {}
