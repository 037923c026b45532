package matchback.validate;

/// Looks for one pattern when a conversion comes in. Remembers what it needs; bounded.
interface Probe {
    /// @param now already in the pool and the cohort
    void look(Seen now, Cohort cohort, Findings findings);

    /// Whether it also judges further conversions of a click.
    default boolean judgesFurther() {
        return false;
    }
}
