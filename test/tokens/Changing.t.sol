// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";
import {PlainToken} from "./zoo/Amounts.sol";
import {DeceivingCode, FrozenCode, TwinToken, UpgradableToken} from "./zoo/Changing.sol";

/// @notice A token whose code is exchanged, or goes, while a deal is open.
contract Token_Upgradable is TokenBase {
    UpgradableToken private proxy;
    address private plain;

    function setUp() public override {
        super.setUp();
        plain = address(new PlainToken());
        proxy = new UpgradableToken(plain);
    }

    function test_WhenUpgradedToAFrozenOne_TheCreditWaits() public harmsNobody {
        Terms memory terms = _begin(BareToken(address(proxy)));
        proxy.upgradeTo(address(new FrozenCode()));
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        vm.assertEq(escrow.creditOf(address(proxy), seller), NET, "seller is owed");
        vm.assertEq(escrow.creditOf(address(proxy), operator), FEE, "operator is owed");
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(proxy), seller, NET)
        );
        vm.prank(seller);
        escrow.withdraw(address(proxy), seller);
        proxy.upgradeTo(plain);
        _withdraws(address(proxy), seller, NET);
        _withdraws(address(proxy), operator, FEE);
    }

    /// @dev A token that says it paid is believed: nobody but its own holders loses.
    function test_WhenUpgradedToADeceiver_OnlyItsHoldersLose() public harmsNobody {
        Terms memory terms = _begin(BareToken(address(proxy)));
        proxy.upgradeTo(address(new DeceivingCode()));
        vm.prank(buyer);
        escrow.release(terms);
        _assertState(terms, DealState.Completed);
        vm.assertEq(escrow.creditOf(address(proxy), seller), 0, "nothing is owed twice");
        vm.assertEq(_balance(address(proxy), seller), 0, "the token did not pay");
    }

    function test_RevertWhen_OpenedInADeceiver() public harmsNobody {
        proxy.upgradeTo(address(new DeceivingCode()));
        _beginRefused(
            BareToken(address(proxy)),
            abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, 0)
        );
    }

    function test_WhenTheCodeBehindTheProxyDestroysItself() public harmsNobody {
        Terms memory terms = _begin(BareToken(address(proxy)));
        bytes memory code = plain.code;
        vm.etch(plain, "");
        vm.prank(seller);
        escrow.refund(terms);
        // The proxy answers a call to nothing with success and no data, as an old token would: it is believed.
        vm.assertEq(escrow.creditOf(address(proxy), buyer), 0, "the token claims to have paid");
        vm.etch(plain, code);
        vm.assertEq(_balance(address(proxy), address(escrow)), PRICE, "it did not");
    }
}

/// @notice One money with two addresses: what comes in by one can be asked for by the other, but is counted once.
contract Token_TwoAddresses is TokenBase {
    function test_WhenDealsAreOpenByBothAddresses_BothArePaid() public harmsNobody {
        TwinToken first = new TwinToken();
        Terms memory one = _begin(first);
        address second = first.SECOND();
        Terms memory other = _terms(second);
        first.mint(buyer, PRICE);
        _open(other);
        vm.assertEq(first.balanceOf(address(escrow)), 2 * PRICE, "both deposits, once each");
        _releasesInFull(one);
        vm.assertEq(first.balanceOf(address(escrow)), PRICE, "the other deal's money was not touched");
        _releasesInFull(other);
        vm.assertEq(first.balanceOf(address(escrow)), 0, "escrow holds");
    }
}
