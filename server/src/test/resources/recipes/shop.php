<?php
// A shop around the page's recipe: a landing page, and a page on which somebody buys.
require __DIR__ . '/matchback.php';

matchback_keep();
if (isset($_GET['order'])) {
    matchback_report($_GET['order'], ['payout' => '12.50', 'currency' => 'USD']);
    echo 'thank you';
}
