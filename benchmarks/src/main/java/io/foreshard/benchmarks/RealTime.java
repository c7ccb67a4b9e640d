package io.foreshard.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that needs the wall clock: measuring time is what a benchmark is for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
@interface RealTime {}
