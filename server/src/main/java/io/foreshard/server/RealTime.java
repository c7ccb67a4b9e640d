package io.foreshard.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the few classes that may read the wall clock; everything else is handed its time. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RealTime {}
